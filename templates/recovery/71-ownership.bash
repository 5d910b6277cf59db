# shellcheck shell=bash

# What tells a VM from a later one with the same number: when it was made, and its generation id. The result is in
# `identity`, and the VM's name in `vm_name`. Snapshots repeat both further down.
_vm_identify() {
  local line meta='' generation=''
  vm_name=''
  while IFS= read -r line; do
    case $line in
    "meta: "*) meta=${line#* } ;;
    "vmgenid: "*) generation=${line#* } ;;
    "name: "*) vm_name=${line#name: } ;;
    "["*) break ;;
    esac
  done <<<"$1"
  identity=$meta${generation:+ $generation}
}

# Whether the VM that has the number $1 now is the one that this run made. `config` holds its configuration.
_vm_is_ours() {
  local line identity vm_name proof='' known='' name='' creating=''
  while IFS= read -r line; do
    case $line in
    "vm"$'\t'"$1") proof=1 creating='' ;;
    "identity"$'\t'"$1 "*) known=${line#*$'\t'"$1 "} ;;
    "creating"$'\t'"$1 "*) creating=1 name=${line#*$'\t'"$1 "} ;;
    "not-created"$'\t'"$1") creating='' ;;
    esac
  done <"$_VM_RUN/journal"
  [[ -n $proof || -n $creating ]] || return 1
  _vm_read_config "$1"
  # `qm create` that was cut off: its configuration is still the lock that it set. Unless somebody is at work on it.
  if [[ -n $creating && $'\n'$config == *$'\nlock: create'* ]] && ! _vm_has_worker "$1"; then proof=1; fi
  _vm_identify "$config"
  [[ -n $proof ]] || return 1
  # On another node it is not the one that was made here, or no longer in this run's hands.
  if [[ -z $config ]]; then
    if _vm_has_config "$1"; then return 1; fi
    return 0
  fi
  if [[ -n $known ]]; then
    [[ $identity == "$known" ]]
  else
    [[ $vm_name == "$name" || (-n $creating && -z $vm_name) ]]
  fi
}

# The numbers of the VMs that this run made and that are still its own; the result is in the array `machines`.
_vm_own_machines() {
  local kind value config
  machines=()
  while IFS=$'\t' read -r kind value; do
    value=${value%% *}
    [[ $kind == @(vm|creating) && " ${machines[*]} " != *" $value "* ]] || continue
    if _vm_is_ours "$value"; then
      machines+=("$value")
    elif [[ $kind == vm ]] && vm_exists "$value"; then
      _vm_say "VM $value is not the one that this run made: it stays."
    fi
  done <"$_VM_RUN/journal"
}

# Whether the journal knows a volume: by its id, or by the name that the storage gave it.
_vm_owns_volume() {
  _vm_noted volume "$1" || _vm_noted name "${1%%:*}:${1##*[:/]}"
}

vm_owns_all_volumes() {
  local volume inactive
  local -a volumes
  _vm_list_volumes "$1" && ((inactive == 0)) || return 1
  for volume in "${volumes[@]}"; do
    _vm_owns_volume "$volume" && ! _vm_is_anothers_volume "$volume" || return 1
  done
}

# Whether VM $1 names a volume with its own number that the journal does not know, or that another guest uses by now. What
# is pending counts too: it goes with the VM.
vm_holds_foreign_volume() {
  local line config text volume
  _vm_read_config "$1"
  text=$config
  while IFS= read -r line; do
    [[ $line =~ ^(ide|sata|scsi|virtio|efidisk|tpmstate|unused)[0-9]+:\ ([^,:]+):([^,]+) ]] || continue
    volume=${BASH_REMATCH[2]}:${BASH_REMATCH[3]}
    [[ ${volume##*[:/]} =~ ^(vm|base)-"$1"- ]] || continue
    if _vm_is_anothers_volume "$volume"; then return 0; fi
    # A command that was cut off had no time to say what it made.
    _vm_owns_volume "$volume" || { _vm_is_open import "${volume%%:*}:$1" && _vm_is_new_volume "$volume"; } || return 0
  done <<<"$text"
  return 1
}

# Whether volume $1 belongs to a VM or container that is not ours: one that names it, whatever number stands in its name,
# or one that is just being made.
_vm_is_anothers_volume() {
  local file text number config=''
  for file in /etc/pve/{nodes/*/,}{qemu-server,lxc}/*.conf; do
    [[ -r $file ]] || continue
    IFS= read -r -d '' text <"$file" || true
    [[ $text$'\n' == *" $1"[,$'\n']* ]] || continue
    number=${file##*/}
    _vm_is_ours "${number%.conf}" || return 0
  done
  config=''
  [[ ${1##*[:/]} =~ ^(vm|base)-([0-9]+)- ]] || return 1
  ! _vm_is_ours "${BASH_REMATCH[2]}" || return 1
  [[ -n $config ]] || _vm_read_config "${BASH_REMATCH[2]}"
  # Of a run that is gone nobody knows how long ago it made it.
  [[ -z ${_VM_DEAD:-} || -z $config ]] || return 0
  [[ $'\n'$config == *$'\nlock: create'* || $config$'\n' == *" $1"[,$'\n']* ]]
}

# Whether file $1 is an ISO image that a guest of the cluster has in a drive.
_vm_is_guests_medium() {
  local file text
  [[ $1 == */template/iso/* ]] || return 1
  for file in /etc/pve/{nodes/*/,}qemu-server/*.conf; do
    [[ -r $file ]] || continue
    IFS= read -r -d '' text <"$file" || true
    [[ $text$'\n' != *":iso/${1##*/}"[,$'\n']* ]] || return 0
  done
  return 1
}

# Whether somebody put file $1 there since the attempt ended: it has the name of one of ours, and is none.
_vm_is_anothers_file() {
  local born since
  [[ -f $1 && -s $_VM_RUN/ended ]] && _vm_read_times "$1" "$_VM_RUN/ended" && ((born > since))
}
