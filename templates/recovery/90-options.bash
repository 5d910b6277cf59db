# shellcheck shell=bash

# Asks for one value until it fits, where somebody can be asked; the result is in `_value`. Arguments: TITLE DEFAULT
# PATTERN HINT. Status 1 without an answer.
_vm_ask_value() {
  local _answer _complaint=''
  _value=$2
  _vm_may_ask || return 0
  while :; do
    _vm_await _vm_prompt_value "$_complaint$1" "$_value" || {
      _vm_take_back "$?"
      return
    }
    _value=${_answer:-$2}
    [[ ! $_value =~ $3 ]] || return 0
    _complaint="$4 "
  done
}

# Back to the menu where a dialog was cancelled ($1: its status). Status 1.
_vm_take_back() {
  [[ $1 != 1 || -n ${_VM_SIGNAL:-} ]] || _VM_NOTICE='Nothing was changed.'
  return 1
}

# Says why a choice can't be carried out, and again in the menu that follows. Status 1.
_vm_refuse() {
  _vm_say "$1"
  _VM_NOTICE=$1
  return 1
}

# Makes the next attempt's settings from a choice. Status 1: the user changed their mind, or it was refused.
_vm_prepare() {
  local _value
  _vm_drop_unverified
  case $1 in
  retry) ;;
  retry-settings) _vm_change_settings ;;
  retry-clean-cache) _vm_drop_downloads ;;
  other-storage) _vm_change_storage ;;
  shrink-disk) _vm_shrink_disk ;;
  other-vmid) _vm_change_vmid ;;
  destroy-existing) _vm_destroy_existing ;;
  free-volume) _vm_free_stray_volume ;;
  first-boot) _VM_FIRST_BOOT=1 ;;
  less-memory) _vm_halve_memory ;;
  more-memory)
    # Arithmetic would run a $(…) in it.
    [[ ${LIBGUESTFS_MEMSIZE:-} =~ ^[1-9][0-9]{0,6}$ ]] || LIBGUESTFS_MEMSIZE=1280
    export LIBGUESTFS_MEMSIZE=$((LIBGUESTFS_MEMSIZE * 2))
    ;;
  esac
}

# Halves RAM_SIZE, down to 256 MiB. Anything but a number is left alone: arithmetic would run a $(…) in it.
_vm_halve_memory() {
  if [[ ! ${RAM_SIZE:-} =~ ^[1-9][0-9]{0,8}$ ]] || ((RAM_SIZE <= 256)); then
    _vm_refuse "256 MiB is the minimum for the VM's memory."
    return
  fi
  RAM_SIZE=$((RAM_SIZE / 2 > 256 ? RAM_SIZE / 2 : 256))
  _vm_say "The VM gets $RAM_SIZE MiB of memory."
}

_vm_change_settings() {
  local _memory=${RAM_SIZE:-} _cores=${CORE_COUNT:-} _disk=${DISK_SIZE:-}
  if [[ $_memory =~ ^[0-9]+$ ]]; then
    _vm_ask_value "Memory in MiB" "$RAM_SIZE" '^[1-9][0-9]{0,8}$' "Only a number, such as 2048." || return 1
    _memory=$_value
  fi
  if [[ $_cores =~ ^[0-9]+$ ]]; then
    _vm_ask_value "CPU cores" "$CORE_COUNT" '^[1-9][0-9]{0,3}$' "Only a number, such as 2." || return 1
    _cores=$_value
  fi
  if [[ -n $_disk ]]; then
    _vm_ask_disk_size "$DISK_SIZE" || return 1
  fi
  # Only when no dialog was cancelled.
  [[ -z $_memory ]] || RAM_SIZE=$_memory
  [[ -z $_cores ]] || CORE_COUNT=$_cores
  _vm_say "The VM gets:${RAM_SIZE:+ memory $RAM_SIZE MiB}${CORE_COUNT:+ cores $CORE_COUNT}${DISK_SIZE:+ disk $DISK_SIZE}"
}

# Asks for a size in the unit that the script uses: `8G` in most, `16` in some. $1: what is proposed.
_vm_ask_disk_size() {
  local _unit=${DISK_SIZE##*[0-9]}
  # What the script has may be no number of ours: it can stay.
  _vm_ask_value "Disk size" "$1" "^([1-9][0-9]{0,5}(${_unit:-G})?|${DISK_SIZE//[^[:alnum:]]/.})$" "Only a number, such as 8$_unit." || return 1
  [[ ! $_value =~ ^([1-9][0-9]*)(${_unit:-G})?$ ]] || DISK_SIZE=${BASH_REMATCH[1]}$_unit
}

_vm_shrink_disk() {
  local _number=${DISK_SIZE%%[!0-9]*}
  if [[ ! $_number =~ ^[0-9]{1,9}$ ]]; then
    _vm_refuse "This script has a fixed disk size."
    return
  fi
  _number=$((10#$_number))
  _number=$((_number / 2 > 0 ? _number / 2 : 1))
  _vm_ask_disk_size "$_number${DISK_SIZE##*[0-9]}" || return 1
  _vm_say "The disk gets a size of $DISK_SIZE."
}

# Other active storages that take disks: `_items` holds names and words, the one with most space first, `_types` their
# types, `_best_storage` and `_best_free` (GiB) the first. Status 1 when the node can't say.
_vm_find_other_storages() {
  local _name _type _state _free _most=-1 _listed
  _items=() _types=() _best_storage=
  _listed=$(command pvesm status -content images 2>>"${_VM_LOG:-/dev/null}") || return 1
  while read -r _name _type _state _ _ _free _; do
    [[ $_state == active && $_name != "${STORAGE:-}" && $_free =~ ^[0-9]{1,15}$ ]] || continue
    _types[$_name]=$_type
    if ((_free > _most)); then
      _most=$_free _best_storage=$_name _best_free=$((_free / 1048576))
      _items=("$_name" "$_type, $_best_free GiB free" "${_items[@]}")
    else
      _items+=("$_name" "$_type, $((_free / 1048576)) GiB free")
    fi
  done <<<"$_listed"
}

# Another storage that takes disks: the one with most space, or the user's choice.
_vm_change_storage() {
  local _answer _height=24 _width=80 _best_storage _best_free
  local -a _items
  local -A _types
  _vm_find_other_storages || {
    _vm_refuse "The node does not say which storages it has; the log says why."
    return
  }
  if [[ -z $_best_storage ]]; then
    _vm_refuse "There is no other storage for disks."
    return
  fi
  if ((${#_types[@]} > 1)) && _vm_may_ask; then
    _vm_screen_size
    _vm_await _vm_prompt_choice "RECOVERY: storage" "Where should the disks go?" \
      "$((_height < 16 ? _height : 16))" "$((_width < 70 ? _width : 70))" "${_items[@]}" || {
      _vm_take_back "$?"
      return
    }
    _best_storage=$_answer
  fi
  STORAGE=$_best_storage
  [[ ! -v STORAGE_TYPE ]] || STORAGE_TYPE=${_types[$STORAGE]}
  _vm_lay_out_disks
  _vm_say "Using storage $STORAGE"
}

# Renews what a script of the second generation derived from storage and VM ID before the section began.
_vm_lay_out_disks() {
  local _count=0
  declare -F vm_define_disk_references >/dev/null && [[ -v STORAGE_TYPE && -v _CORE_LAYOUT ]] || return 0
  # shellcheck disable=SC2034 # vm_apply_storage_layout starts from them
  THIN=${_CORE_LAYOUT[0]} FORMAT=${_CORE_LAYOUT[1]}
  vm_apply_storage_layout "$STORAGE_TYPE"
  while [[ -v DISK${_count}_REF ]]; do _count=$((_count + 1)); done
  ((_count == 0)) || vm_define_disk_references "$_count"
}

# The number that is proposed in place of VMID; the result is in `_next_vmid`, empty when the node does not say.
_vm_find_next_vmid() {
  _next_vmid=$(command pvesh get /cluster/nextid 2>>"${_VM_LOG:-/dev/null}") || _next_vmid=
  _next_vmid=${_next_vmid//[!0-9]/}
  [[ $_next_vmid =~ ^[1-9][0-9]{2,8}$ ]] || {
    _next_vmid=
    return 0
  }
  # It may offer the number again whose volumes are in the way.
  while [[ $_next_vmid == "$VMID" ]] || _vm_has_config "$_next_vmid"; do _next_vmid=$((_next_vmid + 1)); done
}

_vm_change_vmid() {
  local _next_vmid _complaint=''
  _vm_find_next_vmid
  if [[ -z $_next_vmid ]]; then
    _vm_refuse "The node does not say which VM IDs are free."
    return
  fi
  while :; do
    _vm_ask_value "${_complaint}VM ID" "$_next_vmid" '^[1-9][0-9]{2,8}$' "Only a number from 100 on." || return 1
    _vm_exists "$_value" || break
    _complaint="$_value is taken, or the node does not answer. "
    _vm_may_ask || {
      _vm_refuse "$_complaint"
      return
    }
  done
  VMID=$_value
  _vm_lay_out_disks
  _vm_say "Using VM ID $VMID"
}

# Shows the VM that has the number, and asks with No as default. Only an explicit yes removes it.
_vm_destroy_existing() {
  local _config _identity _vm_name _shown _state _answer _origin=$'\nIt was not made by this run.'
  _vm_has_terminal || return 1
  ! _vm_is_ours "$VMID" || _origin=
  _vm_read_config "$VMID"
  _vm_identify "$_config"
  # Nothing of these could be destroyed from here, and a VM that is stopped first would stay and no longer run.
  _state=$(command qm status "$VMID" 2>/dev/null) || {
    _vm_refuse "$VMID is no VM of this node but a container, or on another node: it stays."
    return
  }
  if [[ $'\n'${_config%%$'\n['*} =~ $'\n'(protection: 1|lock: [a-z-]+) ]]; then
    _vm_refuse "VM $VMID ('$_vm_name') has '${BASH_REMATCH[1]}' and stays. See qm set $VMID --protection 0, or qm unlock $VMID"
    return
  fi
  _shown="$_identity $_vm_name"
  _vm_await _vm_prompt_yes "RECOVERY: destroy VM $VMID?" \
    "VM $VMID is '$_vm_name', ${_state#status: }.$_origin"$'\n\nDestroy it with all its disks?' no || {
    [[ $? == 1 && -z ${_VM_SIGNAL:-} ]] && _vm_refuse "VM $VMID is not destroyed."
    return 1
  }
  # The question may have waited for hours.
  _vm_read_config "$VMID"
  _vm_identify "$_config"
  if [[ $_identity\ $_vm_name != "$_shown" ]]; then
    _vm_refuse "VM $VMID has changed since you were asked, so it was not destroyed."
    return
  fi
  _vm_logged qm stop "$VMID" || true
  _vm_logged qm destroy "$VMID" --purge 1 || true
  _vm_exists "$VMID" || return 0
  _vm_refuse "VM $VMID could not be destroyed; the log says why."
}

# A volume with the number that this run did not make and that no guest names; the result is in `_stray_volume`.
_vm_find_stray_volume() {
  local _volume
  local -a _volumes
  _stray_volume=
  _vm_list_volumes "$VMID" || return 0
  for _volume in "${_volumes[@]}"; do
    if ! _vm_owns_volume "$_volume" && ! _vm_is_anothers_volume "$_volume"; then
      _stray_volume=$_volume
      return 0
    fi
  done
}

# Shows the volume that is in the way, and asks with No as default. Only an explicit yes frees it.
_vm_free_stray_volume() {
  local _stray_volume _shown _answer
  _vm_has_terminal || return 1
  _vm_find_stray_volume
  _shown=$_stray_volume
  [[ -n $_shown ]] || {
    _vm_refuse "No disk that nobody uses is in the way any more."
    return
  }
  _vm_await _vm_prompt_yes "RECOVERY: free $_shown?" \
    "Disk $_shown has the number $VMID. No VM or container names it, and this run did not make it."$'\n\n'"Free it? Its data is lost." no || {
    [[ $? == 1 && -z ${_VM_SIGNAL:-} ]] && _vm_refuse "Disk $_shown was not freed."
    return 1
  }
  # The question may have waited for hours.
  _vm_find_stray_volume
  if [[ $_stray_volume != "$_shown" ]]; then
    _vm_refuse "Disk $_shown has changed since you were asked, so it was not freed."
    return
  fi
  _vm_logged pvesm free "$_shown" || true
  ! _vm_volume_exists "$_shown" || _vm_refuse "Disk $_shown could not be freed; the log says why."
}

# A download that came, and then was no image, is not used again: a program said so, or the script itself ended before
# anything had used it. A failed curl says nothing of what came before.
_vm_drop_unverified() {
  [[ -s $_VM_RUN/kept ]] || return 0
  if [[ $_VM_CLASS == download && $_VM_FAILED_COMMAND != @(curl|wget)* ]] ||
    [[ ! -s $_VM_RUN/failed && -s $_VM_RUN/unused ]]; then
    : >"$_VM_RUN/kept"
  fi
}

# Forgets what was downloaded, so that it is fetched again.
_vm_drop_downloads() {
  # What this run fetched goes with the clean-up.
  [[ ! -e $_VM_RUN/kept ]] || : >"$_VM_RUN/kept"
  # Also what an earlier run cached, by the name that scripts give it: the user asks for it.
  if [[ ${CACHE_FILE:-} == /*/@(cache|iso)/* && -f $CACHE_FILE && ! -L $CACHE_FILE ]] && ! _vm_is_guests_medium "$CACHE_FILE"; then
    _vm_say "Deleting $CACHE_FILE"
    command rm -f -- "$CACHE_FILE"
  fi
}
