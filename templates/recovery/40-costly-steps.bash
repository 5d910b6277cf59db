# shellcheck shell=bash

# Makes the second name of a file that the next attempt can use: $1, kept as $2 in the list.
_vm_keep_file() {
  local kept=$_VM_SCRATCH/kept.$BASHPID.$RANDOM
  if ! command ln -- "$1" "$kept" 2>/dev/null; then
    # On another file system: beside it.
    kept=$1.part.$BASHPID.$RANDOM
    _vm_note part "$kept"
    command ln -- "$1" "$kept" 2>/dev/null || return 0
  fi
  _vm_note_kept "$2" "$kept"
}

# Notes what is kept: its name in the list, its path, and the time of this, in the date of a file.
_vm_note_kept() {
  local stamp=$_VM_SCRATCH/stamp.$BASHPID.$RANDOM
  : >"$stamp"
  printf '%s\t%s\t%s\n' "$1" "$2" "$stamp" >>"$_VM_RUN/kept"
}

# The file that was kept under a name; the result is in `kept`. One that was written to since is not what was kept: a
# section may write to a name that is there already.
_vm_find_kept() {
  local name path stamp
  kept=
  [[ -s $_VM_RUN/kept ]] || return 1
  while IFS=$'\t' read -r name path stamp; do
    [[ $name != "$1" || ! -f $path || $path -nt $stamp ]] || kept=$path
  done <"$_VM_RUN/kept"
  [[ -n $kept ]]
}

# An image that is about to be changed in place is no download any more: its second name goes, or it gets a copy.
_vm_part_from_kept() {
  local word name path stamp
  [[ -s $_VM_RUN/kept ]] || return 0
  while IFS=$'\t' read -r name path stamp; do
    # As it is when it goes into the VM: what the script does to it until then belongs to it.
    [[ $name != customized* || -s $_VM_RUN/reused ]] || continue
    [[ ! $path -nt $stamp ]] || continue
    for word; do
      [[ -f $word && $word -ef $path ]] || continue
      if command cp --reflink=auto -- "$word" "$path.copy" && command mv -f -- "$path.copy" "$path"; then
        : >"$stamp"
      else
        command rm -f -- "$path" "$path.copy"
      fi
    done
  done <"$_VM_RUN/kept"
}

# Fetches: a download that was finished in an earlier attempt is used again.
_vm_fetch() {
  local target='' url='' key='' silent=0 at=0 again='' new='' part='' kept status=0 err=$_VM_RUN/err.$BASHPID captured
  local -a words=("$@")
  _vm_read_fetch "$@"
  # The same words but for the target: the same download.
  key="${words[*]:0:at} ${words[*]:at+1}"
  key=${key//[$'\n\t']/ }
  if [[ -n $target && -n $url && -z $again && " ${_VM_FETCHED:-} " != *" $url "* ]] && _vm_find_kept "$key"; then
    _VM_FETCHED+=" $url"
    printf 1 >"$_VM_RUN/unused"
    [[ -e $target ]] || _vm_note file "$target"
    _vm_put_in_place "$kept" "$target"
    return
  fi
  # Asked for once more in the same attempt: what came was not good enough.
  [[ -z $target ]] || _VM_FETCHED+=" $url"
  # A link that leads nowhere is not ours either.
  [[ -z $target ]] || vm_path_exists "$target" || new=1
  if [[ -n $new && $at -ne 0 && $target != /tmp/* && $target != /var/tmp/* && $target != "$_VM_SCRATCH"/* ]]; then
    # A cache outlives a kill: half a file must not have a name that the next run takes for the whole.
    part=$target.part.$BASHPID
    words[at]=$part
    _vm_note part "$part"
  elif [[ -n $new ]]; then
    _vm_note file "$target"
  fi
  if ((silent == 1)) || [[ ! -t 2 ]]; then
    _vm_capture stderr "${words[@]}" || status=$?
  else
    # A user who watches sees progress while it happens. No process substitution: that would be the script's `$!`.
    set -o pipefail
    { command "${words[@]}" 2>&1 >&4 4>&- | command tee -- "$err" >&2 4>&-; } 4>&1 || status=$?
    _vm_replay "$err" >/dev/null
    _vm_err=$captured
  fi
  [[ $_vm_err != *$'\r'* ]] || _vm_err=${_vm_err##*$'\r'}
  if ((status != 0)); then
    # A part of an image is of no use to anybody, also when the VM is kept.
    [[ -z $new ]] || _vm_note work "${part:-$target}"
  elif [[ -n $part ]]; then
    _vm_name_part || status=$?
  elif [[ -n $target && -n $url && -z $again && -f $target ]]; then
    _vm_keep_file "$target" "$key"
  fi
  # A page is used by whoever reads it.
  [[ $status -ne 0 || -z $target ]] || printf 1 >"$_VM_RUN/unused"
  return "$status"
}

# What a curl or wget is told; the results are in `target`, `at` (where the target stands), `url`, `silent` and `again`:
# it sends something, says more than the file, or fetches several, so that the file alone would not do next time.
_vm_read_fetch() {
  # Short options that take no value: the letter behind them is an option too, and not part of a path.
  local word previous='' own_name='' i to_file='--output|-[]0-9#:aBfgGiIjJklLMnNpqRsSvVZ]*o' sends='^(-[fsSLkgniv46#]*[wDdFTX]|--(write-out|dump-header|data|form|upload-file|request|json))'
  if [[ $1 == wget ]]; then to_file='--output-document|-[46bcdEFHkKLmnNpqrSvx]*O' sends='^--(post|body|method)' own_name=1; fi
  for ((i = 2; i <= $#; i++)); do
    word=${!i}
    if [[ $previous =~ ^($to_file)$ ]]; then
      [[ -z $target ]] || again=1
      target=$word at=$((i - 1))
    elif [[ $word =~ ^(${to_file#*|})(.+)$ ]]; then
      [[ -z $target ]] || again=1
      target=${BASH_REMATCH[2]} at=0
    fi
    [[ ! $word =~ $sends ]] || again=1
    [[ $1 != curl || ! $word =~ ^(--remote-name|-[^-]*O[fsSLkgniv46#]*)$ ]] || own_name=1
    case $word in
    --output-document=*) target=${word#*=} ;;
    --spider | -O* | -[^-]*O[^fsSLkgniv46#]*) [[ $1 == curl ]] || own_name='' ;;&
    # Elsewhere, or under a name that only the program knows.
    -P* | --directory-prefix* | --output-dir | --remote-header-name | --content-disposition | --trust-server-names) own_name='' ;;&
    http://* | https://* | ftp://*)
      if [[ $previous != @(-x|--proxy|-e|--referer) ]]; then
        [[ -z $url ]] || again=1
        url=$word
      fi
      ;;
    --silent) silent=1 ;;
    --*) ;;
    -*s*) silent=1 ;;
    esac
    previous=$word
  done
  if [[ -z $target && -n $own_name && $url == *[!/] ]]; then
    target=${url##*/}
    # wget takes another name then.
    [[ $1 == curl || ! -e $target ]] || target=
  fi
  [[ $target != - && $target != /dev/* ]] || target='' at=0
  [[ -z $target || $target == /* ]] || target=$PWD/$target
}

# A whole download gets its name. The name that it had stays for the next attempt.
_vm_name_part() {
  [[ -f $part ]] || return 0
  if command ln -- "$part" "$target" 2>/dev/null; then
    _vm_note file "$target"
  elif [[ ! -e $target ]]; then
    _vm_note file "$target"
    command mv -f -- "$part" "$target"
    return
  fi
  # Whoever put a file there in the meantime keeps it.
  _vm_note_kept "$key" "$part"
}

# Customizes an image. What an earlier attempt finished is not done again: its image takes the place of this one.
_vm_customize() {
  local status=0 kept word previous='' image='' earlier=''
  for word; do
    [[ $previous != -a && $previous != --add ]] || image=$word
    [[ $word != --add=* ]] || image=${word#*=}
    previous=$word
  done
  [[ $image == /* ]] || image=$PWD/$image
  if [[ -s $_VM_RUN/reused ]] && _vm_find_kept "customized ${DISK_SIZE:-}"; then
    printf '%s' "$image" >"$_VM_RUN/customizing"
    _vm_put_in_place "$kept" "$image"
    return
  fi
  [[ ! -s $_VM_RUN/customizing ]] || IFS= read -r -d '' earlier <"$_VM_RUN/customizing" || true
  # Of two images, the next attempt could not tell which is which.
  [[ -z $earlier || $earlier == "$image" ]] || printf 1 >"$_VM_RUN/customize-again"
  printf '%s' "$image" >"$_VM_RUN/customizing"
  _vm_part_from_kept "$@"
  _vm_capture stderr "$@" || status=$?
  if ((status != 0)); then
    printf 1 >"$_VM_RUN/customize-again"
    _vm_offer_first_boot "$status" "$@"
  fi
  return "$status"
}

# Gives what was kept, $1, the name $2: as a second name, or as a copy on another file system.
_vm_put_in_place() {
  [[ $1 -ef $2 ]] || command ln -f -- "$1" "$2" 2>/dev/null || command cp -f -- "$1" "$2"
}

# The script could fall back to the guest's first boot by itself. Whoever can be asked decides that.
_vm_offer_first_boot() {
  local first_boot status=$1
  local -a wanted
  shift
  [[ -z ${_VM_FIRST_BOOT:-} ]] || return 0
  # With no retry left nobody could choose it any more: the script's own way is all that is left.
  ((_VM_RETRIES < ${VM_RECOVERY_MAX_RETRIES:-2})) || return 0
  IFS=, read -ra wanted <<<"${VM_RECOVERY:-ask}"
  [[ ${wanted[_VM_NEXT]:-keep} != keep ]] || return 0
  vm_profile "${NSAPP:-}" && ((first_boot == 1)) || return 0
  [[ ${VM_RECOVERY:-ask} != ask ]] || _vm_may_ask || return 0
  _vm_status=$status
  _vm_record "$@"
  [[ $BASHPID != "${_VM_ATTEMPT_PID:-}" ]] || exit "$status"
}

# Before the customized image goes into the VM: keep it for the next attempt, or put the last one's in its place.
_vm_keep_customized() {
  local kept image=''
  [[ -s $_VM_RUN/customizing && ! -s $_VM_RUN/customize-again ]] || return 0
  IFS= read -r -d '' image <"$_VM_RUN/customizing" || true
  [[ -f $image ]] || return 0
  if ! _vm_find_kept "customized ${DISK_SIZE:-}"; then
    _vm_keep_file "$image" "customized ${DISK_SIZE:-}"
  elif [[ -s $_VM_RUN/reused ]]; then
    _vm_put_in_place "$kept" "$image"
  fi
}

# Directories that are new are this run's.
_vm_make_directories() {
  local word path
  local -a made=()
  for word in "${@:2}"; do
    [[ $word != -* ]] || continue
    [[ $word == /* ]] || word=$PWD/$word
    path=${word%/}
    while [[ -n $path && ! -e $path ]]; do
      made=("$path" "${made[@]}")
      path=${path%/*}
    done
  done
  command "$@" || return
  for path in "${made[@]}"; do
    [[ ! -d $path || $path == "$_VM_SCRATCH"* ]] || _vm_note directory "$path"
  done
}
