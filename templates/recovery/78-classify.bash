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
  local LC_ALL=C _exit_code=0 _command=${4:-} _program _log _log_lower _account _class _cause _words _advice
  [[ ! ${2:-} =~ ^[0-9]{1,5}$ ]] || _exit_code=$((10#$2))
  _program=${_command%%[[:space:]]*}
  _program=${_program##*/}
  _vm_read_log_tail "${3:-}"
  # shellcheck disable=SC2034 # the policy reads it
  _log_lower=${_log,,}
  _account=$_command$'\n'"($_exit_code)"$'\n'$_log
  "$1"
}

# Reads classes and causes, and sets _cause, _words and _advice from the first cause of the class whose sign is there. Names
# from a log are shown as printable ASCII, cut when they are long, and are never run.
_vm_read_reasons() {
  local _id _sign _says _help _kept='' _last='' _here='' _i _name
  _cause=
  while IFS=$'\t' read -r _id _sign _says _help; do
    if [[ $_id == "[$_class]" ]]; then
      _here=1 _words=$_sign _advice=$_says
      continue
    fi
    [[ -n $_here ]] || continue
    [[ $_id != \[* ]] || break
    # Another sign of the same cause has its advice.
    if [[ -n $_help ]]; then _kept=$_help; elif [[ $_id != "$_last" ]]; then _kept=$_advice; fi
    _last=$_id _sign=${_sign//\\n/$'\n'}
    [[ $_account =~ $_sign ]] || continue
    _cause=$_id _words=$_says _advice=$_kept
    for ((_i = 1; _i < ${#BASH_REMATCH[@]}; _i++)); do
      _name=${BASH_REMATCH[_i]//[^ -z|~]/}
      ((${#_name} <= 60)) || _name=${_name:0:57}...
      _words=${_words//"{$_i}"/"$_name"} _advice=${_advice//"{$_i}"/"$_name"}
    done
    break
  done
}

_vm_print_class() {
  _vm_set_class
  printf '%s\n' "$_class"
}

# Prints the class of a failure. Arguments: EXIT_CODE LOG_FILE COMMAND
vm_classify_error() {
  _vm_with_failure _vm_print_class "$@"
}
