# shellcheck shell=bash

# Ends the script: everything of ours but the log goes.
_vm_leave() {
  local _place=''
  _vm_await_telemetry
  [[ ! -s $_VM_RUN/place ]] || IFS= read -r -d '' _place <"$_VM_RUN/place" || true
  _vm_close_run
  trap - INT TERM HUP PIPE
  # The script's EXIT trap finds itself where the section was.
  eval "$_place" >/dev/null 2>&1 || true
  exit "$1"
}

# A VM with the number that the script chose: another's, or made in a way that could not be noted.
_vm_tell_unknown() {
  ! _vm_exists "$VMID" || _vm_is_ours "$VMID" ||
    _vm_say "VM $VMID was not created by this run, so it was left alone. Look at it with: qm config $VMID"
}

_vm_end_aborted() {
  local _point
  _vm_say "Removing what this run created."
  local _removed=1
  _vm_clean_up || _removed=
  _vm_tell_new_volumes || _removed=
  if [[ -n $_removed ]] && ! _vm_find_mount "${_VM_SCRATCH##*/}"; then
    _vm_tell_unknown
    if _vm_tell_new_files; then
      _vm_say "Everything this run created was removed. The log is $_VM_LOG"
    else
      _vm_say "What this run noted making was removed; what else is new is named. The log is $_VM_LOG"
    fi
  else
    _vm_say "Not everything could be removed; what is still there is named. The log is $_VM_LOG"
  fi
  [[ -z $_VM_SIGNAL ]] || _vm_end_by_signal
  _vm_leave "$_status"
}

# Names what is new or changed where the section worked, in ways that nobody noted. Status 1 when there is anything. What
# was there before is not offered for removal.
_vm_tell_new_files() {
  local _path _born _since _result=0
  local -a _places=()
  [[ ! -s $_VM_RUN/places ]] || mapfile -t _places <"$_VM_RUN/places"
  while IFS= read -r -d '' _path; do
    [[ $_path != "$_VM_SCRATCH"* && $_path != "$_VM_LOG" && $_path != *.kept.* ]] || continue
    if _vm_read_times "$_path" "$_VM_RUN/traps" && ((_born < _since)); then
      _vm_say "Changed since this run began, perhaps by it: $_path"
    else
      _vm_leftover_path "new since this run began, perhaps made by it:" "$_path" "rm -r"
    fi
    _result=1
  done < <(command find /var/lib/vz/{snippets,template/{iso,cache}} "${_places[@]}" -mindepth 1 -maxdepth 1 -newercm "$_VM_RUN/traps" -print0 2>/dev/null |
    command sort -zu)
  return "$_result"
}

# Names the volumes that this run made, also where a command was cut off before it said so: the journal goes.
_vm_tell_volumes() {
  local _kind _value _volume
  local -a _lines _named _imported _perhaps
  local -A _told=()
  mapfile -t _lines <"$_VM_RUN/journal"
  for _value in "${_lines[@]}"; do
    [[ $_value != volume$'\t'* ]] || _vm_tell_volume "${_value#*$'\t'}" ""
  done
  for _value in "${_lines[@]}"; do
    _kind=${_value%%$'\t'*} _value=${_value#*$'\t'} _named=() _imported=() _perhaps=()
    case $_kind in
    name) _vm_find_named "$_value" || _perhaps=("$_value") ;;
    alloc) ! _vm_is_open alloc "$_value" || _vm_find_named "$_value" || _perhaps=("$_value") ;;
    import) _vm_find_imported "$_value" || _vm_say "  perhaps a volume of it on ${_value%%:*}, which did not answer" ;;
    esac
    for _volume in "${_named[@]}" "${_imported[@]}"; do
      if [[ $_kind != alloc ]] || _vm_is_new_volume "$_volume"; then _vm_tell_volume "$_volume" ""; else _perhaps+=("$_volume"); fi
    done
    for _volume in "${_perhaps[@]}"; do _vm_tell_volume "$_volume" "perhaps "; done
  done
}

_vm_tell_volume() {
  [[ -z ${_told["$1"]:-} ]] && ! _vm_is_anothers_volume "$1" || return 0
  _told["$1"]=1
  # Under a kept VM no command that would take its disk away.
  if ((${#_machines[@]} > 0)); then
    _vm_say "  ${2}its disk:    $1"
  else
    _vm_say "  ${2}left:        $1 (pvesm free $1)"
  fi
}

# Leaves the VM and says how to reach, inspect and remove it.
_vm_end_kept() {
  local _line _config _machine
  local -a _machines
  _vm_own_machines
  if [[ -n ${_VM_UNNOTED:-} ]] && _vm_exists "$VMID"; then _machines+=("$VMID"); fi
  for _machine in "${_machines[@]}"; do
    if _vm_config_has "$_machine" "lock: create"; then
      _vm_say "Creating VM $_machine was interrupted: only a locked, empty configuration is left."
      _vm_say "  remove it:   qm destroy $_machine --skiplock 1 --purge 1"
      continue
    fi
    _vm_say "VM $_machine is kept as it is."
    _vm_say "  look at it:  qm config $_machine; qm status $_machine"
    _vm_say "  start it:    qm start $_machine"
    _vm_say "  its console: qm terminal $_machine, or the web interface"
    _vm_say "  remove it with its disks: qm stop $_machine; qm destroy $_machine --purge 1"
  done
  if ((${#_machines[@]} == 0)); then
    _vm_say "No VM had been created. Nothing was removed."
    _vm_tell_unknown
  fi
  _vm_tell_volumes
  while IFS= read -r _line; do
    [[ $_line != work$'\t'* ]] || _vm_remove_own_file "${_line#*$'\t'}" || true
  done <"$_VM_RUN/journal"
  _vm_say "The log is $_VM_LOG"
  _vm_leave "$_status"
}
