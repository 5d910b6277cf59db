# shellcheck shell=bash

# What tells a VM from a later one with the same number: when it was made, and its generation id. The result is in
# `_identity`, and the VM's name in `_vm_name`. Snapshots repeat both further down.
_vm_identify() {
  local _line _meta='' _generation=''
  _vm_name=''
  while IFS= read -r _line; do
    case $_line in
    "meta: "*) _meta=${_line#* } ;;
    "vmgenid: "*) _generation=${_line#* } ;;
    "name: "*) _vm_name=${_line#name: } ;;
    "["*) break ;;
    esac
  done <<<"$1"
  _identity=$_meta${_generation:+ $_generation}
}

# Whether the VM that has the number $1 now is the one that this run made. `_config` holds its configuration.
_vm_is_ours() {
  local _line _identity _vm_name _proof='' _known='' _name='' _creating=''
  while IFS= read -r _line; do
    case $_line in
    "vm"$'\t'"$1") _proof=1 _creating='' ;;
    "identity"$'\t'"$1 "*) _known=${_line#*$'\t'"$1 "} ;;
    "creating"$'\t'"$1 "*) _creating=${_line#*$'\t'"$1 "} _name=${_creating#* } ;;
    "not-created"$'\t'"$1") _creating='' ;;
    esac
  done <"$_VM_RUN/journal"
  _config=
  [[ -n $_proof || -n $_creating ]] || return 1
  _vm_read_config "$1"
  _vm_identify "$_config"
  # `qm create` that was cut off: its configuration is still the lock that it set, or its worker finished it: the same name,
  # made within two minutes. Unless somebody is at work on it.
  if [[ -n $_creating ]] && { [[ $'\n'$_config == *$'\nlock: '@(create|clone)* ]] ||
    { [[ $_vm_name == "$_name" && $_identity =~ ctime=([0-9]{1,12}) ]] &&
      ((BASH_REMATCH[1] >= ${_creating%% *} - 1 && BASH_REMATCH[1] <= ${_creating%% *} + 120)); }; } &&
    ! _vm_has_worker "$1"; then _proof=1; fi
  [[ -n $_proof ]] || return 1
  # On another node it is not the one that was made here, or no longer in this run's hands.
  if [[ -z $_config ]]; then
    if _vm_has_config "$1"; then return 1; fi
    return 0
  fi
  if [[ -n $_known ]]; then
    [[ $_identity == "$_known" ]]
  else
    [[ $_vm_name == "$_name" || (-n $_creating && -z $_vm_name) ]]
  fi
}

# The numbers of the VMs that this run made and that are still its own; the result is in the array `_machines`.
_vm_own_machines() {
  local _kind _value _config
  _machines=()
  while IFS=$'\t' read -r _kind _value; do
    _value=${_value%% *}
    [[ $_kind == @(vm|creating) && " ${_machines[*]} " != *" $_value "* ]] || continue
    if _vm_is_ours "$_value"; then
      _machines+=("$_value")
    elif [[ $_kind == vm ]] && _vm_exists "$_value"; then
      _vm_say "VM $_value is not the one that this run made: it stays."
    fi
  done <"$_VM_RUN/journal"
}

# Whether the journal knows a volume: by its id, or by the name that the storage gave it.
_vm_owns_volume() {
  local _owner
  _vm_find_owner "$1"
  _vm_noted volume "$1" || _vm_noted name "${1%%:*}:$_owner/${1##*[:/]}"
}

# Whether line $2 of a configuration names a volume with the number of VM $1; the result is in `_volume`.
_vm_is_disk_of() {
  [[ $2 =~ ^(ide|sata|scsi|virtio|efidisk|tpmstate|unused)[0-9]+:\ ([^,:]+:[^,]+) ]] || return 1
  _volume=${BASH_REMATCH[2]}
  [[ ${_volume##*[:/]} =~ ^(vm|base)-"$1"- ]]
}

_vm_owns_all_volumes() {
  local _volume _inactive
  local -a _volumes
  _vm_list_volumes "$1" && ((_inactive == 0)) || return 1
  for _volume in "${_volumes[@]}"; do
    _vm_owns_volume "$_volume" && ! _vm_is_anothers_volume "$_volume" || return 1
  done
}

# Whether VM $1 names a volume with its own number that the journal does not know, or that another guest uses by now. What
# is pending counts too: it goes with the VM.
_vm_holds_foreign_volume() {
  local _line _config _text _volume
  _vm_read_config "$1"
  _text=$_config
  while IFS= read -r _line; do
    _vm_is_disk_of "$1" "$_line" || continue
    if _vm_is_anothers_volume "$_volume"; then return 0; fi
    # A command that was cut off had no time to say what it made.
    _vm_owns_volume "$_volume" || { _vm_is_open import "${_volume%%:*}:$1" && _vm_is_new_volume "$_volume"; } || return 0
  done <<<"$_text"
  return 1
}

# Whether volume $1 belongs to a VM or container that is not ours: one that names it, whatever number stands in its name,
# or one that is just being made.
_vm_is_anothers_volume() {
  local _file _text _number _config=''
  for _file in /etc/pve/{nodes/*/,}{qemu-server,lxc}/*.conf; do
    [[ -r $_file ]] || continue
    IFS= read -r -d '' _text <"$_file" || true
    [[ $_text$'\n' == *" $1"[,$'\n']* ]] || continue
    _number=${_file##*/}
    _vm_is_ours "${_number%.conf}" || return 0
  done
  _config=''
  [[ ${1##*[:/]} =~ ^(vm|base)-([0-9]+)- ]] || return 1
  ! _vm_is_ours "${BASH_REMATCH[2]}" || return 1
  [[ -n $_config ]] || _vm_read_config "${BASH_REMATCH[2]}"
  # Of a run that is gone nobody knows how long ago it made it.
  [[ -z ${_VM_DEAD:-} || -z $_config ]] || return 0
  [[ $'\n'$_config == *$'\nlock: create'* || $_config$'\n' == *" $1"[,$'\n']* ]]
}

# Whether file $1 is an ISO image that a guest of the cluster has in a drive.
_vm_is_guests_medium() {
  local _file _text
  [[ $1 == */template/iso/* ]] || return 1
  for _file in /etc/pve/{nodes/*/,}qemu-server/*.conf; do
    [[ -r $_file ]] || continue
    IFS= read -r -d '' _text <"$_file" || true
    [[ $_text$'\n' != *":iso/${1##*/}"[,$'\n']* ]] || return 0
  done
  return 1
}

# Whether somebody put file $1 there since the attempt ended, or 5 seconds after a killed run's last command began: it has
# the name of one of ours, and is none.
_vm_is_anothers_file() {
  local _born _since _file=$_VM_RUN/ended _margin=0
  [[ -z ${_VM_DEAD:-} ]] || _file=$_newest _margin=5000000000
  [[ -f $1 && -s $_file ]] && _vm_read_times "$1" "$_file" && ((_born > _since + _margin))
}
