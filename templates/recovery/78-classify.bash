# shellcheck shell=bash

# The end of a file, at most 16 KiB, in `log`. Bash can't seek: beyond 64 KiB `tail` is quicker by far, and without one
# lines are taken by the thousand.
_vm_read_log_tail() {
  local LC_ALL=C IFS=$'\n' i file=$1
  local -a lines=() more=()
  log=
  # Of this run's log the end is at hand.
  [[ -z $file || $file != "${_VM_LOG:-}" || ! -f ${_VM_RUN:-}/recent ]] || file=$_VM_RUN/recent
  [[ -f $file && -r $file ]] || return 0
  IFS= read -r -N 65536 log <"$file" || true
  if ((${#log} == 65536)) && ! { log=$(command tail -c 16384 -- "$file"); } 2>/dev/null; then
    while mapfile -t -n 50000 more && ((${#more[@]} > 0)); do
      lines+=("${more[@]}")
      ((${#lines[@]} <= 400)) || lines=("${lines[@]: -400}")
    done <"$file"
    log="${lines[*]}"
  fi
  ((${#log} <= 16384)) || log=${log: -16384}
  [[ $'\n'$log == *$'\n== attempt '* ]] || return 0
  # What failed in an earlier attempt says nothing about this one. By lines: ${log##*…} tries every length.
  mapfile -t lines <<<"$log"
  for ((i = ${#lines[@]} - 1; i >= 0; i--)); do
    [[ ${lines[i]} != '== attempt '* ]] || break
  done
  log="${lines[*]:i}"
}

# Sets the variables of the policy from EXIT_CODE LOG_FILE COMMAND and calls $1.
_vm_with_failure() {
  local LC_ALL=C exit_code=0 command=${4:-} program log log_lower class
  [[ ! ${2:-} =~ ^[0-9]{1,5}$ ]] || exit_code=$((10#$2))
  program=${command%%[[:space:]]*}
  program=${program##*/}
  _vm_read_log_tail "${3:-}"
  # shellcheck disable=SC2034 # the policy reads it
  log_lower=${log,,}
  "$1"
}

_vm_print_class() {
  _vm_set_class
  printf '%s\n' "$class"
}

# Prints the class of a failure. Arguments: EXIT_CODE LOG_FILE COMMAND
vm_classify_error() {
  _vm_with_failure _vm_print_class "$@"
}
