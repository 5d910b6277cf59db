# shellcheck shell=bash

# Puts functions in front of the programs whose failures matter. Only of those that exist: scripts look for
# virt-customize with `command -v`, which finds a function too.
_vm_stand_in_for_programs() {
  local - program
  # Exported, they would stand in other scripts without the rest of the library.
  set +a
  for program in qm pvesm curl wget virt-customize virt-resize qemu-img xz unxz gunzip unzip apt-get apt mkdir whiptail \
    tar sha1sum sha256sum sha512sum md5sum b2sum; do
    if type -P "$program" >/dev/null && ! declare -F -- "$program" >/dev/null; then
      eval "$program() { _vm_call $program \"\$@\"; }"
    fi
  done
}

# What kind of command it is; the result is in `kind`: `query` changes nothing, `makes` has to work before anything
# else makes sense, `undo` removes, `other` changes something. `verb` is its name, the same for all its spellings, and
# `operands` are the words behind that without the options.
_vm_kind() {
  local word value=''
  verb=$1
  kind=other
  operands=()
  case $1 in
  qm | pvesm)
    verb="$1 ${2:-}"
    shift "$(($# < 2 ? $# : 2))"
    case $verb in
    "qm disk" | "qm guest")
      verb+=" ${1:-}"
      shift "$(($# > 0))"
      ;;
    "qm importdisk") verb="qm disk import" ;;
    "qm resize") verb="qm disk resize" ;;
    esac
    # An option takes the next word as its value, unless that is an option too.
    for word; do
      case $word in
      -*=*) value='' ;;
      -?*) value=1 ;;
      *)
        [[ -n $value ]] || operands+=("$word")
        value=''
        ;;
      esac
    done
    case $verb in
    "qm create" | "qm disk import" | "pvesm alloc") kind=makes ;;
    "qm status" | "qm list" | "qm config" | "qm guest"* | "qm showcmd" | "qm pending" | "qm agent" | "pvesm status" | "pvesm list" | "pvesm path") kind=query ;;
    "qm stop" | "qm destroy" | "qm shutdown" | "pvesm free") kind=undo ;;
    esac
    [[ ${word:-} != --help ]] || kind=query
    ;;
  xz | unxz | gunzip | unzip)
    verb=unpack
    kind=makes
    [[ ! " $* " =~ ' '(-[[:alpha:]]*[tl][[:alpha:]]*|--test|--list)' ' ]] || kind=check
    ;;
  curl | wget)
    kind=check
    [[ " $* " != *" -I "* && " $* " != *" -fsI "* && " $* " != *" --head "* ]] || kind=query
    ;;
  qemu-img) [[ ${2:-} != info && ${2:-} != check ]] || kind=query ;;
  tar | whiptail) kind=check ;;
  *sum)
    kind=query
    [[ ! " $* " =~ ' '(-[[:alpha:]]*c[[:alpha:]]*|--check)' ' ]] || kind=check
    ;;
  mkdir) kind=query ;;
  esac
}

# Runs a program for the script, whose last match of a regex stays what it was.
_vm_call() {
  local -a matched=("${BASH_REMATCH[@]}")
  _vm_run_program "$@"
  set -- "$?"
  BASH_REMATCH=("${matched[@]}")
  return "$1"
}

# The same: with its stderr kept and its results noted. Its status is the program's.
_vm_run_program() {
  local - kind verb line _vm_status=0 _vm_out='' _vm_err='' text IFS=$' \t\n'
  local -a operands
  # Its shell was killed, and with it whoever would look after what follows.
  kill -0 "$$" 2>/dev/null || exit 137
  # A script may write with `set -C` or `set -f`; what follows must not.
  set +Cf
  # What the last command printed is not this one's.
  [[ ! -s $_VM_RUN/words.$BASHPID ]] || : >"$_VM_RUN/words.$BASHPID"
  _vm_kind "$@"
  _vm_note_work_file "${FILE_IMG:-}"
  _vm_note_work_file "${WORK_FILE:-}"
  if [[ $kind != query && $kind != undo && $kind != check ]]; then
    _vm_stop_after_swallowed || return
    [[ ! -s $_VM_RUN/unused ]] || : >"$_VM_RUN/unused"
  fi
  case $1 in
  qm | pvesm)
    [[ $kind != undo ]] || _vm_may_undo "$@" || return 0
    _vm_before_node_command "$@"
    # Somebody talks to these, or what they print is a whole volume.
    if [[ $verb == @(qm terminal|qm monitor|pvesm export) ]]; then
      _vm_capture stderr "$@" || _vm_status=$?
    else
      _vm_capture both "$@" || _vm_status=$?
    fi
    _vm_after_node_command "$@" || _vm_status=1
    ;;
  curl | wget) _vm_fetch "$@" || _vm_status=$? ;;
  virt-customize) _vm_customize "$@" || _vm_status=$? ;;
  whiptail)
    _vm_show_dialog "$@" || _vm_status=$?
    # An answer mends nothing that failed before, and what is asked or told is no message of a program.
    ((_vm_status != 0)) || return 0
    set -- whiptail
    ;;
  mkdir)
    _vm_make_directories "$@" || _vm_status=$?
    return "$_vm_status"
    ;;
  xz | unxz | gunzip)
    _vm_note_unpacked "${@:2}"
    # A download that is kept for the next attempt has a second name, which they refuse without -f. With -c they don't,
    # and would copy what is no archive as it is.
    if [[ -s $_VM_RUN/kept && ! " $* " =~ ' '(-[^- ]*[cflt][^- ]*|--(stdout|to-stdout|force|test|list))' ' ]] &&
      ! _vm_would_overwrite "${@:2}"; then
      _vm_capture stderr "$1" -f "${@:2}" || _vm_status=$?
    else
      _vm_capture stderr "$@" || _vm_status=$?
    fi
    ;;
  apt-get | apt)
    _vm_capture stderr "$@" || _vm_status=$?
    _vm_stand_in_for_programs
    ;;
  *)
    [[ $1 != qemu-img ]] || _vm_part_from_kept "$@"
    _vm_capture stderr "$@" || _vm_status=$?
    ;;
  esac
  _vm_record "$@"
  return "$_vm_status"
}

# Whether unpacking one of $@ would overwrite a file: without -f the program refuses, as it does without this library.
_vm_would_overwrite() {
  local word
  for word; do
    [[ $word == -* || ! -f $word || ! -e ${word%.*} ]] || return 0
  done
  return 1
}

# What comes out of an archive that this run fetched is this run's too: the next attempt unpacks it again.
_vm_note_unpacked() {
  local word
  for word; do
    [[ $word == /* ]] || word=$PWD/$word
    [[ ! -f $word || $word != *.* || -e ${word%.*} ]] || ! _vm_noted file "$word" || _vm_note file "${word%.*}"
  done
}

# A file between download and import, by the names that scripts give it. Not one that was there before.
_vm_note_work_file() {
  [[ -n $1 && $1 != "$_VM_SCRATCH"/* ]] || return 0
  local path=$1
  [[ $path == /* ]] || path=$PWD/$path
  [[ $path != "${_VM_WORK_FILE:-}" ]] || return 0
  _VM_WORK_FILE=$path
  vm_path_exists "$path" || _vm_note work "$path"
}
