# shellcheck shell=bash

# Puts functions in front of the programs whose failures matter. Only of those that exist: scripts look for
# virt-customize with `command -v`, which finds a function too.
_vm_stand_in_for_programs() {
  local - _program
  # Exported, they would stand in other scripts without the rest of the library.
  set +a
  _VM_STAND_INS=${_VM_STAND_INS:-}
  for _program in qm pvesm qmrestore curl wget virt-customize virt-resize qemu-img xz unxz gzip gunzip bzip2 bunzip2 unzip apt-get apt mkdir rm \
    mv whiptail tar sha1sum sha256sum sha512sum md5sum b2sum; do
    if type -P "$_program" >/dev/null && ! declare -F -- "$_program" >/dev/null; then
      eval "$_program() { _vm_call $_program \"\$@\"; }"
      _VM_STAND_INS+=" $_program"
    fi
  done
  for _program in /{usr/,}{s,}bin/{qm,pvesm,qmrestore}; do
    [[ ! -x $_program ]] || eval "$_program() { _vm_call ${_program##*/} \"\$@\"; }"
  done
  for _program in command timeout env nice ionice stdbuf nohup setsid sudo chrt taskset; do
    declare -F -- "$_program" >/dev/null || eval "$_program() { _vm_call_behind $_program \"\$@\"; }"
  done
}

# Calls a node command that stands behind another, as in `timeout 60 qm …`, as if it stood alone: unseen, it could make what
# nobody removes, or destroy what is another's. Anything else is called as it is.
_vm_call_behind() {
  local _vm_i _vm_last
  local -a _vm_front
  if [[ -z ${_vm_inside:-} && $1\ ${2:-} != command\ -[vV]* ]]; then
    for ((_vm_i = 2; _vm_i <= $#; _vm_i++)); do
      case ${!_vm_i} in
      qm | pvesm | qmrestore | /*/qm | /*/pvesm | /*/qmrestore)
        _vm_front=("${@:1:_vm_i-1}")
        set -- "${@:_vm_i}"
        _vm_call "${1##*/}" "${@:2}"
        return "$?"
        ;;
      -* | *=* | [0-9]* | command | timeout | env | nice | ionice | stdbuf | nohup | setsid | sudo | chrt | taskset) ;;
      *)
        # The value of an option, or a program that is none of ours.
        _vm_last=$((_vm_i - 1))
        [[ ${!_vm_last} == -? ]] || break
        ;;
      esac
    done
  fi
  # Bash ends a script at a failure of `builtin command`, in a condition too.
  local -
  set +e
  builtin command "$@"
}

# What kind of command it is; the result is in `_kind`: `query` changes nothing, `makes` has to work before anything
# else makes sense, `undo` removes, `other` changes something. `_verb` is its name, the same for all its spellings, and
# `_operands` are the words behind that without the options.
_vm_kind() {
  local _word _value=''
  _verb=$1
  _kind=other
  _operands=()
  case $1 in
  qm | pvesm | qmrestore)
    shift
    if [[ $_verb != qmrestore ]]; then
      _verb+=" ${1:-}"
      shift "$(($# > 0))"
    fi
    case $_verb in
    "qm disk" | "qm guest")
      _verb+=" ${1:-}"
      shift "$(($# > 0))"
      ;;
    "qm importdisk") _verb="qm disk import" ;;
    "qm resize") _verb="qm disk resize" ;;
    esac
    # An option takes the next word as its value, unless that is an option too.
    for _word; do
      case $_word in
      -*=*) _value='' ;;
      -?*) _value=1 ;;
      *)
        [[ -n $_value ]] || _operands+=("$_word")
        _value=''
        ;;
      esac
    done
    case $_verb in
    "qm create" | "qm clone" | qmrestore | "qm disk import" | "pvesm alloc") _kind=makes ;;
    "qm status" | "qm list" | "qm config" | "qm guest"* | "qm showcmd" | "qm pending" | "qm agent" | "pvesm status" | "pvesm list" | "pvesm path") _kind=query ;;
    "qm stop" | "qm destroy" | "qm shutdown" | "pvesm free") _kind=undo ;;
    esac
    # A probe, which fails: no command of the node knows it.
    if [[ ${_word:-} == --help ]]; then _kind=query _verb=help; fi
    ;;
  xz | unxz | gzip | gunzip | bzip2 | bunzip2 | unzip)
    _verb=unpack
    _kind=makes
    [[ ! " $* " =~ ' '(-[[:alpha:]]*[tl][[:alpha:]]*|--test|--list)' ' ]] || _kind=check
    ;;
  curl | wget)
    _kind=check
    [[ " $* " != *" -I "* && " $* " != *" -fsI "* && " $* " != *" --head "* ]] || _kind=query
    ;;
  qemu-img) [[ ${2:-} != info && ${2:-} != check ]] || _kind=query ;;
  tar | whiptail) _kind=check ;;
  *sum)
    _kind=query
    [[ ! " $* " =~ ' '(-[[:alpha:]]*c[[:alpha:]]*|--check)' ' ]] || _kind=check
    ;;
  mkdir | rm | mv) _kind=query ;;
  esac
}

# Runs a program for the script, whose last match of a regex stays what it was.
_vm_call() {
  local _vm_inside=1
  local -a _matched=("${BASH_REMATCH[@]}")
  # A job that goes on after the end.
  [[ -d $_VM_RUN ]] || {
    command "$@"
    return "$?"
  }
  _vm_run_program "$@"
  set -- "$?"
  BASH_REMATCH=("${_matched[@]}")
  return "$1"
}

# The same: with its stderr kept and its results noted. Its status is the program's.
_vm_run_program() {
  local - _kind _verb _line _vm_status=0 _vm_out='' _vm_err='' _text _made _before='' _allocated='' IFS=$' \t\n'
  local -a _operands
  # Its shell was killed, and with it whoever would look after what follows.
  kill -0 "$$" 2>/dev/null || exit 137
  # A script may write with `set -C` or `set -f`; what follows must not.
  set +Cf
  # What the last command printed is not this one's.
  [[ ! -s $_VM_RUN/words.$BASHPID ]] || : >"$_VM_RUN/words.$BASHPID"
  _vm_kind "$@"
  # Where it works: what is new there in the end is named.
  printf '%s\n' "$PWD" >>"$_VM_RUN/places"
  for _line; do [[ $_line != /*/* ]] || printf '%s\n' "${_line%/*}" >>"$_VM_RUN/places"; done
  _vm_note_work_file "${FILE_IMG:-}"
  _vm_note_work_file "${WORK_FILE:-}"
  if [[ $_kind != query && $_kind != undo && $_kind != check ]]; then
    _vm_stop_after_swallowed || return "$?"
    [[ ! -s $_VM_RUN/unused ]] || : >"$_VM_RUN/unused"
  fi
  case $1 in
  qm | pvesm | qmrestore)
    [[ $_verb != "pvesm alloc" ]] || _allocated=${_operands[0]:-}:${_operands[1]:-}/${_operands[2]:-}
    [[ $_kind != undo ]] || _vm_may_undo "$@" || {
      [[ -z $_vm_err ]] || _vm_record "$@"
      return "$_vm_status"
    }
    _vm_before_node_command "$@"
    # Somebody talks to these, or what they print is a whole volume.
    if [[ $_verb == @(qm terminal|qm monitor|pvesm export) ]]; then
      _vm_capture stderr "$@" || _vm_status=$?
    elif [[ $_verb == "qm disk import" && -t 1 ]]; then
      _vm_capture live "$@" || _vm_status=$?
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
  mkdir | rm | mv)
    case $1 in
    mkdir) _vm_make_directories "$@" ;;
    rm) _vm_remove "$@" ;;
    *) _vm_move "$@" ;;
    esac
    return "$?"
    ;;
  xz | unxz | gzip | gunzip | bzip2 | bunzip2)
    _vm_note_unpacked "${@:2}"
    _vm_unpack "$@" || _vm_status=$?
    ;;
  apt-get | apt)
    _vm_capture stderr "$@" || _vm_status=$?
    _vm_stand_in_for_programs
    ;;
  *)
    if [[ $1 == qemu-img && $2 != convert ]]; then
      for _line in "${@:2}"; do _vm_save_kept "$_line" cp; done
    fi
    _vm_capture stderr "$@" || _vm_status=$?
    ;;
  esac
  _vm_record "$@"
  return "$_vm_status"
}

# What comes out of an archive that this run fetched is this run's too: the next attempt unpacks it again.
_vm_note_unpacked() {
  local _word
  for _word; do
    [[ $_word == /* ]] || _word=$PWD/$_word
    [[ ! -f $_word || $_word != *.* || -e ${_word%.*} ]] || ! _vm_noted file "$_word" || _vm_note file "${_word%.*}"
  done
}

# A file between download and import, by the names that scripts give it. Not one that was there before.
_vm_note_work_file() {
  [[ -n $1 && $1 != "$_VM_SCRATCH"/* ]] || return 0
  local _path=$1
  [[ $_path == /* ]] || _path=$PWD/$_path
  [[ $_path != "${_VM_WORK_FILE:-}" ]] || return 0
  _VM_WORK_FILE=$_path
  _vm_path_exists "$_path" || _vm_note work "$_path"
}
