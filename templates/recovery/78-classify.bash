# shellcheck shell=bash

# The end of a file, at most 16 KiB, in `_log`. Bash can't seek: beyond 64 KiB `tail` is quicker by far, and without one
# lines are taken by the thousand.
_vm_read_log_tail() {
  local LC_ALL=C IFS=$'\n' _i _file=$1
  local -a _lines=() _more=()
  _log=
  # Of this run's log the end is at hand.
  [[ -z $_file || $_file != "${_VM_LOG:-}" || ! -f ${_VM_RUN:-}/recent ]] || _file=$_VM_RUN/recent
  [[ -f $_file && -r $_file ]] || return 0
  IFS= read -r -N 65536 _log <"$_file" || true
  if ((${#_log} == 65536)) && ! { _log=$(command tail -c 16384 -- "$_file"); } 2>/dev/null; then
    while mapfile -t -n 50000 _more && ((${#_more[@]} > 0)); do
      _lines+=("${_more[@]}")
      ((${#_lines[@]} <= 400)) || _lines=("${_lines[@]: -400}")
    done <"$_file"
    _log="${_lines[*]}"
  fi
  ((${#_log} <= 16384)) || _log=${_log: -16384}
  [[ $'\n'$_log == *$'\n== attempt '* ]] || return 0
  # What failed in an earlier attempt says nothing about this one. By lines: ${log##*…} tries every length.
  mapfile -t _lines <<<"$_log"
  for ((_i = ${#_lines[@]} - 1; _i >= 0; _i--)); do
    [[ ${_lines[_i]} != '== attempt '* ]] || break
  done
  _log="${_lines[*]:_i}"
}

# Sets the variables of the policy from EXIT_CODE LOG_FILE COMMAND and calls $1.
_vm_with_failure() {
  local LC_ALL=C _exit_code=0 _command=${4:-} _program _log _log_lower _class
  [[ ! ${2:-} =~ ^[0-9]{1,5}$ ]] || _exit_code=$((10#$2))
  _program=${_command%%[[:space:]]*}
  _program=${_program##*/}
  _vm_read_log_tail "${3:-}"
  # shellcheck disable=SC2034 # the policy reads it
  _log_lower=${_log,,}
  "$1"
}

_vm_print_class() {
  _vm_set_class
  printf '%s\n' "$_class"
}

# Prints the class of a failure. Arguments: EXIT_CODE LOG_FILE COMMAND
vm_classify_error() {
  _vm_with_failure _vm_print_class "$@"
}
