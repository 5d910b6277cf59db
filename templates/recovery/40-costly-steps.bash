# shellcheck shell=bash

# Makes the second name of a file that the next attempt can use: $1, kept as $2 in the list.
_vm_keep_file() {
  local _kept=$_VM_SCRATCH/kept.$BASHPID.$RANDOM
  if ! command ln -- "$1" "$_kept" 2>/dev/null; then
    # On another file system: beside it.
    _kept=$1.part.$BASHPID.$RANDOM
    _vm_note part "$_kept"
    command ln -- "$1" "$_kept" 2>/dev/null || return 0
  fi
  _vm_note_kept "$2" "$_kept"
}

# Notes what is kept: its name in the list, its path, and the time of this, in the date of a file.
_vm_note_kept() {
  local _stamp=$_VM_SCRATCH/stamp.$BASHPID.$RANDOM
  : >"$_stamp"
  printf '%s\t%s\t%s\n' "$1" "$2" "$_stamp" >>"$_VM_RUN/kept"
}

# The file that was kept under a name; the result is in `_kept`. One that was written to since is not what was kept: a
# section may write to a name that is there already.
_vm_find_kept() {
  local _name _path _stamp
  _kept=
  [[ -s $_VM_RUN/kept ]] || return 1
  while IFS=$'\t' read -r _name _path _stamp; do
    [[ $_name != "$1" || ! -f $_path || $_path -nt $_stamp ]] || _kept=$_path
  done <"$_VM_RUN/kept"
  [[ -n $_kept ]]
}

# An image that is about to be changed in place is no download any more: its second name goes, or it gets a copy.
_vm_part_from_kept() {
  local _word _name _path _stamp
  [[ -s $_VM_RUN/kept ]] || return 0
  while IFS=$'\t' read -r _name _path _stamp; do
    # As it is when it goes into the VM: what the script does to it until then belongs to it.
    [[ $_name != customized* || -s $_VM_RUN/reused ]] || continue
    [[ ! $_path -nt $_stamp ]] || continue
    for _word; do
      [[ -f $_word && $_word -ef $_path ]] || continue
      if command cp --reflink=auto -- "$_word" "$_path.copy" && command mv -f -- "$_path.copy" "$_path"; then
        : >"$_stamp"
      else
        command rm -f -- "$_path" "$_path.copy"
      fi
    done
  done <"$_VM_RUN/kept"
}

# Fetches: a download that was finished in an earlier attempt is used again.
_vm_fetch() {
  local _target='' _url='' _key='' _silent=0 _at=0 _again='' _new='' _part='' _kept _status=0 _err=$_VM_RUN/err.$BASHPID _captured
  local -a _words=("$@")
  _vm_read_fetch "$@"
  # The same words but for the target: the same download.
  _key="${_words[*]:0:_at} ${_words[*]:_at+1}"
  _key=${_key//[$'\n\t']/ }
  if [[ -n $_target && -n $_url && -z $_again && " ${_VM_FETCHED:-} " != *" $_url "* ]] && _vm_find_kept "$_key"; then
    _VM_FETCHED+=" $_url"
    printf 1 >"$_VM_RUN/unused"
    [[ -e $_target ]] || _vm_note file "$_target"
    _vm_put_in_place "$_kept" "$_target"
    return
  fi
  # Asked for once more in the same attempt: what came was not good enough.
  [[ -z $_target ]] || _VM_FETCHED+=" $_url"
  # A link that leads nowhere is not ours either.
  [[ -z $_target ]] || _vm_path_exists "$_target" || _new=1
  if [[ -n $_new && $_at -ne 0 && $_target != /tmp/* && $_target != /var/tmp/* && $_target != "$_VM_SCRATCH"/* ]]; then
    # A cache outlives a kill: half a file must not have a name that the next run takes for the whole.
    _part=$_target.part.$BASHPID
    _words[_at]=$_part
    _vm_note part "$_part"
  elif [[ -n $_new ]]; then
    _vm_note file "$_target"
  fi
  if ((_silent == 1)) || [[ ! -t 2 ]]; then
    _vm_capture stderr "${_words[@]}" || _status=$?
  else
    # A user who watches sees progress while it happens. No process substitution: that would be the script's `$!`.
    set -o pipefail
    { command "${_words[@]}" 2>&1 >&4 4>&- | command tee -- "$_err" >&2 4>&-; } 4>&1 || _status=$?
    _vm_replay "$_err" >/dev/null
    _vm_err=$_captured
  fi
  [[ $_vm_err != *$'\r'* ]] || _vm_err=${_vm_err##*$'\r'}
  if ((_status != 0)); then
    # A part of an image is of no use to anybody, also when the VM is kept.
    [[ -z $_new ]] || _vm_note work "${_part:-$_target}"
  elif [[ -n $_part ]]; then
    _vm_name_part || _status=$?
  elif [[ -n $_target && -n $_url && -z $_again && -f $_target ]]; then
    _vm_keep_file "$_target" "$_key"
  fi
  # A page is used by whoever reads it.
  [[ $_status -ne 0 || -z $_target ]] || printf 1 >"$_VM_RUN/unused"
  return "$_status"
}

# What a curl or wget is told; the results are in `_target`, `_at` (where the target stands), `_url`, `_silent` and `_again`:
# it sends something, says more than the file, or fetches several, so that the file alone would not do next time.
_vm_read_fetch() {
  # Short options that take no value: the letter behind them is an option too, and not part of a path.
  local _word _previous='' _own_name='' _i _to_file='--output|-[]0-9#:aBfgGiIjJklLMnNpqRsSvVZ]*o' _sends='^(-[fsSLkgniv46#]*[wDdFTX]|--(write-out|dump-header|data|form|upload-file|request|json))'
  if [[ $1 == wget ]]; then _to_file='--output-document|-[46bcdEFHkKLmnNpqrSvx]*O' _sends='^--(post|body|method)' _own_name=1; fi
  for ((_i = 2; _i <= $#; _i++)); do
    _word=${!_i}
    if [[ $_previous =~ ^($_to_file)$ ]]; then
      [[ -z $_target ]] || _again=1
      _target=$_word _at=$((_i - 1))
    elif [[ $_word =~ ^(${_to_file#*|})(.+)$ ]]; then
      [[ -z $_target ]] || _again=1
      _target=${BASH_REMATCH[2]} _at=0
    fi
    [[ ! $_word =~ $_sends ]] || _again=1
    [[ $1 != curl || ! $_word =~ ^(--remote-name|-[^-]*O[fsSLkgniv46#]*)$ ]] || _own_name=1
    case $_word in
    --output-document=*) _target=${_word#*=} ;;
    --spider | -O* | -[^-]*O[^fsSLkgniv46#]*) [[ $1 == curl ]] || _own_name='' ;;&
    # Elsewhere, or under a name that only the program knows.
    -P* | --directory-prefix* | --output-dir | --remote-header-name | --content-disposition | --trust-server-names) _own_name='' ;;&
    http://* | https://* | ftp://*)
      if [[ $_previous != @(-x|--proxy|-e|--referer) ]]; then
        [[ -z $_url ]] || _again=1
        _url=$_word
      fi
      ;;
    --silent) _silent=1 ;;
    --*) ;;
    -*s*) _silent=1 ;;
    esac
    _previous=$_word
  done
  if [[ -z $_target && -n $_own_name && $_url == *[!/] ]]; then
    _target=${_url##*/}
    # wget takes another name then.
    [[ $1 == curl || ! -e $_target ]] || _target=
  fi
  [[ $_target != - && $_target != /dev/* ]] || _target='' _at=0
  [[ -z $_target || $_target == /* ]] || _target=$PWD/$_target
}

# A whole download gets its name. The name that it had stays for the next attempt.
_vm_name_part() {
  [[ -f $_part ]] || return 0
  if command ln -- "$_part" "$_target" 2>/dev/null; then
    _vm_note file "$_target"
  elif [[ ! -e $_target ]]; then
    _vm_note file "$_target"
    command mv -f -- "$_part" "$_target"
    return
  fi
  # Whoever put a file there in the meantime keeps it.
  _vm_note_kept "$_key" "$_part"
}

# Customizes an image. What an earlier attempt finished is not done again: its image takes the place of this one.
_vm_customize() {
  local _status=0 _kept _word _previous='' _image='' _earlier=''
  for _word; do
    [[ $_previous != -a && $_previous != --add ]] || _image=$_word
    [[ $_word != --add=* ]] || _image=${_word#*=}
    _previous=$_word
  done
  [[ $_image == /* ]] || _image=$PWD/$_image
  if [[ -s $_VM_RUN/reused ]] && _vm_find_kept "customized ${DISK_SIZE:-}"; then
    printf '%s' "$_image" >"$_VM_RUN/customizing"
    _vm_put_in_place "$_kept" "$_image"
    return
  fi
  [[ ! -s $_VM_RUN/customizing ]] || IFS= read -r -d '' _earlier <"$_VM_RUN/customizing" || true
  # Of two images, the next attempt could not tell which is which.
  [[ -z $_earlier || $_earlier == "$_image" ]] || printf 1 >"$_VM_RUN/customize-again"
  printf '%s' "$_image" >"$_VM_RUN/customizing"
  _vm_part_from_kept "$@"
  _vm_capture stderr "$@" || _status=$?
  if ((_status != 0)); then
    printf 1 >"$_VM_RUN/customize-again"
    _vm_offer_first_boot "$_status" "$@"
  fi
  return "$_status"
}

# Gives what was kept, $1, the name $2: as a second name, or as a copy on another file system.
_vm_put_in_place() {
  [[ $1 -ef $2 ]] || command ln -f -- "$1" "$2" 2>/dev/null || command cp -f -- "$1" "$2"
}

# The script could fall back to the guest's first boot by itself. Whoever can be asked decides that.
_vm_offer_first_boot() {
  local _first_boot _status=$1
  local -a _wanted
  shift
  [[ -z ${_VM_FIRST_BOOT:-} ]] || return 0
  # With no retry left nobody could choose it any more: the script's own way is all that is left.
  ((_VM_RETRIES < ${VM_RECOVERY_MAX_RETRIES:-2})) || return 0
  IFS=, read -ra _wanted <<<"${VM_RECOVERY:-ask}"
  [[ ${_wanted[_VM_NEXT]:-keep} != keep ]] || return 0
  _vm_profile "${NSAPP:-}" && ((_first_boot == 1)) || return 0
  [[ ${VM_RECOVERY:-ask} != ask ]] || _vm_may_ask || return 0
  _vm_status=$_status
  _vm_record "$@"
  [[ $BASHPID != "${_VM_ATTEMPT_PID:-}" ]] || exit "$_status"
}

# Before the customized image goes into the VM: keep it for the next attempt, or put the last one's in its place.
_vm_keep_customized() {
  local _kept _image=''
  [[ -s $_VM_RUN/customizing && ! -s $_VM_RUN/customize-again ]] || return 0
  IFS= read -r -d '' _image <"$_VM_RUN/customizing" || true
  [[ -f $_image ]] || return 0
  if ! _vm_find_kept "customized ${DISK_SIZE:-}"; then
    _vm_keep_file "$_image" "customized ${DISK_SIZE:-}"
  elif [[ -s $_VM_RUN/reused ]]; then
    _vm_put_in_place "$_kept" "$_image"
  fi
}

# Directories that are new are this run's.
_vm_make_directories() {
  local _word _path
  local -a _made=()
  for _word in "${@:2}"; do
    [[ $_word != -* ]] || continue
    [[ $_word == /* ]] || _word=$PWD/$_word
    _path=${_word%/}
    while [[ -n $_path && ! -e $_path ]]; do
      _made=("$_path" "${_made[@]}")
      _path=${_path%/*}
    done
  done
  command "$@" || return
  for _path in "${_made[@]}"; do
    [[ ! -d $_path || $_path == "$_VM_SCRATCH"* ]] || _vm_note directory "$_path"
  done
}
