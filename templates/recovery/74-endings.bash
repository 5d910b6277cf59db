# shellcheck shell=bash

# Ends the script: everything of ours but the log goes.
_vm_leave() {
  _vm_await_telemetry
  _vm_close_run
  trap - INT TERM HUP PIPE
  exit "$1"
}

# A VM with the number that the script chose: another's, or made in a way that could not be noted.
_vm_tell_unknown() {
  ! vm_exists "$VMID" || _vm_is_ours "$VMID" ||
    _vm_say "VM $VMID is there, but this run did not note making it: it stays. See qm config $VMID"
}

_vm_end_aborted() {
  local point
  _vm_say "Removing what this run created."
  if _vm_clean_up && ! _vm_find_mount "${_VM_SCRATCH##*/}"; then
    _vm_tell_unknown
    _vm_say "Everything this run created was removed. The log is $_VM_LOG"
  else
    _vm_say "Not everything could be removed; what is still there is named. The log is $_VM_LOG"
  fi
  [[ -z $_VM_SIGNAL ]] || _vm_end_by_signal
  _vm_leave "$status"
}

# Names the volumes that this run made, also where a command was cut off before it said so: the journal goes.
_vm_tell_volumes() {
  local kind value volume
  local -a lines named imported perhaps
  local -A told=()
  mapfile -t lines <"$_VM_RUN/journal"
  for value in "${lines[@]}"; do
    [[ $value != volume$'\t'* ]] || _vm_tell_volume "${value#*$'\t'}" ""
  done
  for value in "${lines[@]}"; do
    kind=${value%%$'\t'*} value=${value#*$'\t'} named=() imported=() perhaps=()
    case $kind in
    name) [[ -n ${told["${value%%:*}:${value##*[:/]}"]:-} ]] || _vm_find_named "$value" || perhaps=("$value") ;;
    alloc) ! _vm_is_open alloc "$value" || _vm_find_named "$value" || perhaps=("$value") ;;
    import) _vm_find_imported "$value" || _vm_say "  perhaps a volume of it on ${value%%:*}, which did not answer" ;;
    esac
    for volume in "${named[@]}" "${imported[@]}"; do
      if [[ $kind != alloc ]] || _vm_is_new_volume "$volume"; then _vm_tell_volume "$volume" ""; else perhaps+=("$volume"); fi
    done
    for volume in "${perhaps[@]}"; do _vm_tell_volume "$volume" "perhaps "; done
  done
}

_vm_tell_volume() {
  [[ -z ${told["${1%%:*}:${1##*[:/]}"]:-} ]] && ! _vm_is_anothers_volume "$1" || return 0
  told["${1%%:*}:${1##*[:/]}"]=1
  _vm_say "  ${2}its volume:  $1 (pvesm free $1)"
}

# Leaves the VM and says how to reach, inspect and remove it.
_vm_end_kept() {
  local line config machine
  local -a machines
  _vm_own_machines
  if [[ -n ${_VM_UNNOTED:-} ]] && vm_exists "$VMID"; then machines+=("$VMID"); fi
  for machine in "${machines[@]}"; do
    if vm_config_has "$machine" "lock: create"; then
      _vm_say "VM $machine is kept as it is, a lock and no more: making it was cut off."
      _vm_say "  remove it:   qm destroy $machine --skiplock 1 --purge 1"
      continue
    fi
    _vm_say "VM $machine is kept as it is."
    _vm_say "  look at it:  qm config $machine; qm status $machine"
    _vm_say "  start it:    qm start $machine"
    _vm_say "  its console: qm terminal $machine, or the web interface"
    _vm_say "  remove it:   qm stop $machine; qm destroy $machine --purge 1"
  done
  if ((${#machines[@]} == 0)); then
    _vm_say "No VM was created; nothing is removed."
    _vm_tell_unknown
  fi
  _vm_tell_volumes
  while IFS= read -r line; do
    [[ $line != work$'\t'* ]] || _vm_remove_own_file "${line#*$'\t'}" || true
  done <"$_VM_RUN/journal"
  _vm_say "The log is $_VM_LOG"
  _vm_leave "$status"
}
