# shellcheck shell=bash

# The first signal ends the running step; a second INT ends everything at once.
_vm_on_signal() {
  [[ -z $_VM_SIGNAL || $1 -ne 2 ]] || exit 130
  _VM_SIGNAL=$1
}

# The processes below $1, deepest last; appended to `tree`.
_vm_list_tree() {
  local child
  local -a children=()
  { read -ra children <"/proc/$1/task/$1/children"; } 2>/dev/null || true
  for child in "${children[@]}"; do
    tree+=("$child")
    _vm_list_tree "$child"
  done
}

# Ends a process and everything below it: asks first, then insists.
_vm_end_tree() {
  local -a tree=("$1")
  local i tries
  _vm_list_tree "$1"
  for ((i = ${#tree[@]} - 1; i >= 0; i--)); do
    kill -TERM "${tree[i]}" 2>/dev/null || true
  done
  for ((tries = 0; tries < 30; tries++)); do
    for ((i = 0; i < ${#tree[@]}; i++)); do
      ! kill -0 "${tree[i]}" 2>/dev/null || break
    done
    ((i < ${#tree[@]})) || return 0
    command sleep 0.1
  done
  for i in "${tree[@]}"; do
    kill -KILL "$i" 2>/dev/null || true
  done
  wait "$1" 2>/dev/null || true
}

# INT, TERM and HUP: clean up as abort does, unless everything is to be kept.
_vm_end_by_signal() {
  local code=$((128 + _VM_SIGNAL))
  printf '# ended by signal %s\n' "$_VM_SIGNAL" >>"$_VM_LOG" || true
  _vm_say "Stopped by a signal."
  if [[ ${VM_RECOVERY:-} == keep ]]; then
    _vm_tell_telemetry aborted "$code"
    status=$code
    _vm_end_kept
  fi
  _vm_clean_up || true
  _vm_tell_telemetry aborted "$code"
  _vm_leave "$code"
}
