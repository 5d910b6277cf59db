# shellcheck shell=bash

# Notes a finished file that the next attempt can use: path $2, as it is now, under the name $1. Nothing of it is touched.
_vm_keep() {
  local _stamp=$_VM_RUN/stamp.$BASHPID.$RANDOM
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

# Puts aside what is kept at path $1 or below, because its name is about to go. With `cp` in $2 it stays there as well: it is
# about to be changed.
_vm_save_kept() {
  local _line _name _path _stamp _aside _at=$1
  local -a _lines
  [[ -s $_VM_RUN/kept ]] || return 0
  [[ -z $_at || $_at == /* ]] || _at=$PWD/$_at
  mapfile -t _lines <"$_VM_RUN/kept"
  for _line in "${_lines[@]}"; do
    IFS=$'\t' read -r _name _path _stamp <<<"$_line"
    [[ ($_path == "$_at" || $_path == "$_at"/*) && -f $_path && ! -L $_path && ! $_path -nt $_stamp && $_path != *.kept.* ]] || continue
    # As it is when it goes into the VM: what the script does to it until then belongs to it.
    [[ ${2:-} != cp || $_name != customized* || -s $_VM_RUN/reused ]] || continue
    _aside=$_VM_SCRATCH/.kept.$BASHPID.$RANDOM
    if [[ $_path != "${_VM_SCRATCH%/*}"/* ]]; then
      # Perhaps another file system: beside it, unless that goes too.
      [[ $_path == "$_at" || -z $_at ]] || continue
      _aside=${_path%/*}/.${_path##*/}.kept.$BASHPID.$RANDOM
      _vm_note part "$_aside"
    fi
    if [[ ${2:-} != cp ]]; then
      command mv -- "$_path" "$_aside" 2>/dev/null && printf '%s\t%s\t%s\n' "$_name" "$_aside" "$_stamp" >>"$_VM_RUN/kept"
    elif command cp --reflink=auto -- "$_path" "$_aside" 2>/dev/null; then
      _vm_keep "$_name" "$_aside"
    else
      command rm -f -- "$_aside"
    fi
  done
}

# Notes that what is kept at path $1 is at $2 now.
_vm_follow_kept() {
  local _name _path _stamp _moved=''
  [[ -s $_VM_RUN/kept ]] || return 0
  while IFS=$'\t' read -r _name _path _stamp; do
    [[ $_path != "$1" ]] || _moved+="$_name"$'\t'"$2"$'\t'"$_stamp"$'\n'
  done <"$_VM_RUN/kept"
  printf %s "$_moved" >>"$_VM_RUN/kept"
}

# Gives what was kept at path $1 the name $2.
_vm_put_in_place() {
  [[ ! $1 -ef $2 ]] || return 0
  command mv -f -- "$1" "$2" && _vm_follow_kept "$1" "$2"
}

# Removes for the script. What is kept is put aside, and a directory that goes is there again for the next attempt.
_vm_remove() {
  local _word
  for _word in "${@:2}"; do
    [[ -e $_word ]] || continue
    _vm_save_kept "${_word%/}"
    [[ $_word == /* ]] || _word=$PWD/$_word
    [[ ! -d $_word || $_word == "$_VM_SCRATCH"* ]] || _vm_noted directory "${_word%/}" || printf '%s\0' "$_word" >>"$_VM_RUN/removed"
  done
  command "$@"
}

# Moves for the script. What is noted of the file is noted of its new name.
_vm_move() {
  local _from=${*: -2:1} _to=${*: -1} _new=''
  [[ $_from == /* ]] || _from=$PWD/$_from
  [[ $_to == /* ]] || _to=$PWD/$_to
  [[ ! -d $_to ]] || _to=${_to%/}/${_from##*/}
  _vm_path_exists "$_to" || _new=1
  _vm_save_kept "$_to"
  command "$@" || return "$?"
  _vm_follow_kept "$_from" "$_to"
  [[ -z $_new ]] || ! _vm_noted file "$_from" || _vm_note file "$_to"
}

# Unpacks. A download that is kept stays until it is done, and is then put aside in place of being removed.
_vm_unpack() {
  local _word _path _kept='' _status=0
  if [[ -s $_VM_RUN/kept && ! " $* " =~ ' '(-[^- ]*[cklt][^- ]*|--(stdout|to-stdout|keep|test|list))' ' ]]; then
    for _word in "${@:2}"; do
      [[ $_word == /* ]] || _word=$PWD/$_word
      while IFS=$'\t' read -r _ _path _; do
        [[ $_path != "$_word" ]] || _kept=1
      done <"$_VM_RUN/kept"
    done
  fi
  _vm_capture stderr "$1" ${_kept:+-k} "${@:2}" || _status=$?
  # 2 is a warning, but for bzip2 and for what was in the way.
  if [[ -n $_kept && ($_status == 0 || $_status == 2 && $1 != b* && $_vm_err != *exists*) ]]; then
    for _word in "${@:2}"; do
      [[ -f $_word ]] || continue
      _vm_save_kept "$_word"
      [[ ! -e $_word ]] || command rm -f -- "$_word"
    done
  fi
  return "$_status"
}

# Fetches: a download that was finished in an earlier attempt is used again.
_vm_fetch() {
  local _target='' _url='' _key='' _silent=0 _at=0 _again='' _new='' _part='' _kept _status=0 _fetched=''
  local -a _words=("$@")
  _vm_read_fetch "$@"
  # The same words but for the target: the same download.
  _key="${_words[*]:0:_at} ${_words[*]:_at+1}"
  _key=${_key//[$'\n\t']/ }
  IFS= read -r -d '' _fetched <"$_VM_RUN/fetched" || true
  [[ -z $_target ]] || printf '%s\n' "$_url" >>"$_VM_RUN/fetched"
  # Asked for once more in the same attempt: what came was not good enough.
  if [[ -n $_target && -n $_url && -z $_again && $'\n'$_fetched != *$'\n'"$_url"$'\n'* ]] && _vm_find_kept "$_key"; then
    printf 1 >"$_VM_RUN/unused"
    [[ -e $_target ]] || _vm_note file "$_target"
    _vm_put_in_place "$_kept" "$_target"
    return "$?"
  fi
  # A link that leads nowhere is not ours either.
  [[ -z $_target ]] || _vm_path_exists "$_target" || _new=1
  if [[ -n $_new && $_at -ne 0 && -z $_again && $_target != @(/tmp|/var/tmp|"$_VM_SCRATCH")/* ]] &&
    [[ $1 == curl || " $* " =~ ' -'(q|nv)[^-]* && $* != *show-progress* ]]; then
    # A cache outlives a kill: half a file must not have a name that the next run takes for the whole. Not where the program
    # tells its user that name.
    _part=$_target.part.$BASHPID
    _words[_at]=$_part
    _vm_note part "$_part"
  elif [[ -n $_new ]]; then
    _vm_note file "$_target"
  fi
  # Into a pipe wget shows dots in place of its bar.
  [[ $1 != wget || ! -t 2 || $* == *--progress* ]] || _words=("$1" --progress=bar:force "${_words[@]:1}")
  _vm_capture stderr "${_words[@]}" || _status=$?
  [[ $_vm_err != *$'\r'* ]] || _vm_err=${_vm_err##*$'\r'}
  if ((_status != 0)); then
    # A part of an image is of no use to anybody, also when the VM is kept.
    [[ -z $_new ]] || _vm_note work "${_part:-$_target}"
  elif [[ -n $_part ]]; then
    _vm_name_part || _status=$?
  elif [[ -n $_target && -n $_url && -z $_again && -f $_target ]]; then
    _vm_keep "$_key" "$_target"
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

# A whole download gets its name. Whoever put a file there in the meantime keeps it.
_vm_name_part() {
  [[ -f $_part ]] || return 0
  if [[ ! -e $_target ]] && command mv -n -- "$_part" "$_target"; then
    _vm_note file "$_target"
    _part=$_target
  fi
  _vm_keep "$_key" "$_part"
}

# Customizes an image. What an earlier attempt finished in the same words is not done again: its image takes the place of
# this one.
_vm_customize() {
  local _status=0 _kept _word _previous='' _image='' _earlier='' _call
  local -a _calls=() _kept_calls=()
  for _word; do
    [[ $_previous != -a && $_previous != --add ]] || _image=$_word
    [[ $_word != --add=* ]] || _image=${_word#*=}
    _previous=$_word
  done
  _call=${*//"$_image"/image}
  [[ $_image == /* ]] || _image=$PWD/$_image
  mapfile -t -d '' _calls <"$_VM_RUN/calls"
  printf '%s\0' "$_call" >>"$_VM_RUN/calls"
  if [[ -s $_VM_RUN/reused ]] && _vm_find_kept "customized ${DISK_SIZE:-}"; then
    mapfile -t -d '' _kept_calls <"$_VM_RUN/kept-calls"
    if [[ ${_kept_calls[${#_calls[@]}]:-} == "$_call" ]]; then
      printf '%s' "$_image" >"$_VM_RUN/customizing"
      _vm_put_in_place "$_kept" "$_image"
      return "$?"
    fi
    _vm_forget_customized
  fi
  [[ ! -s $_VM_RUN/customizing ]] || IFS= read -r -d '' _earlier <"$_VM_RUN/customizing" || true
  # Of two images, the next attempt could not tell which is which.
  [[ -z $_earlier || $_earlier == "$_image" ]] || printf 1 >"$_VM_RUN/customize-again"
  printf '%s' "$_image" >"$_VM_RUN/customizing"
  _vm_save_kept "$_image" cp
  _vm_capture stderr "$@" || _status=$?
  if ((_status != 0)); then
    printf 1 >"$_VM_RUN/customize-again"
    _vm_offer_first_boot "$_status" "$@"
  fi
  return "$_status"
}

# The customized image is not used again.
_vm_forget_customized() {
  local -a _lines=()
  : >"$_VM_RUN/reused"
  [[ ! -e $_VM_RUN/kept ]] || mapfile -t _lines <"$_VM_RUN/kept"
  printf '%s\n' "${_lines[@]/#customized*/}" >"$_VM_RUN/kept"
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
    local -a _calls
    mapfile -t -d '' _calls <"$_VM_RUN/calls"
    printf '%s\0' "${_calls[@]}" >"$_VM_RUN/kept-calls"
    _vm_keep "customized ${DISK_SIZE:-}" "$_image"
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
  command "$@" || return "$?"
  for _path in "${_made[@]}"; do
    [[ ! -d $_path || $_path == "$_VM_SCRATCH"* ]] || _vm_note directory "$_path"
  done
}
