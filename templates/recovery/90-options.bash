# shellcheck shell=bash

# Asks for one value until it fits, where somebody can be asked; the result is in `value`. Arguments: TITLE DEFAULT
# PATTERN HINT. Status 1 without an answer.
_vm_ask_value() {
  local answer complaint=''
  value=$2
  _vm_may_ask || return 0
  while _vm_await _vm_prompt_value "$complaint$1" "$value"; do
    value=${answer:-$2}
    [[ ! $value =~ $3 ]] || return 0
    complaint="$4 "
  done
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
  local value
  _vm_drop_unverified
  case $1 in
  retry) ;;
  retry-settings) _vm_change_settings ;;
  retry-clean-cache) _vm_drop_downloads ;;
  other-storage) _vm_change_storage ;;
  shrink-disk) _vm_shrink_disk ;;
  other-vmid) _vm_change_vmid ;;
  destroy-existing) _vm_destroy_existing ;;
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
    _vm_refuse "The VM's memory can't be less."
    return
  fi
  RAM_SIZE=$((RAM_SIZE / 2 > 256 ? RAM_SIZE / 2 : 256))
  _vm_say "The VM gets $RAM_SIZE MiB of memory."
}

_vm_change_settings() {
  if [[ ${RAM_SIZE:-} =~ ^[0-9]+$ ]]; then
    _vm_ask_value "Memory in MiB" "$RAM_SIZE" '^[1-9][0-9]{0,8}$' "Only a number, such as 2048." || return 1
    RAM_SIZE=$value
  fi
  if [[ ${CORE_COUNT:-} =~ ^[0-9]+$ ]]; then
    _vm_ask_value "CPU cores" "$CORE_COUNT" '^[1-9][0-9]{0,3}$' "Only a number, such as 2." || return 1
    CORE_COUNT=$value
  fi
  if [[ -n ${DISK_SIZE:-} ]]; then
    _vm_ask_disk_size "$DISK_SIZE" || return 1
  fi
  _vm_say "The VM gets:${RAM_SIZE:+ memory $RAM_SIZE MiB}${CORE_COUNT:+ cores $CORE_COUNT}${DISK_SIZE:+ disk $DISK_SIZE}"
}

# Asks for a size in the unit that the script uses: `8G` in most, `16` in some. $1: what is proposed.
_vm_ask_disk_size() {
  local unit=${DISK_SIZE##*[0-9]}
  # What the script has may be no number of ours: it can stay.
  _vm_ask_value "Disk size" "$1" "^([1-9][0-9]{0,5}(${unit:-G})?|${DISK_SIZE//[^[:alnum:]]/.})$" "Only a number, such as 8$unit." || return 1
  [[ ! $value =~ ^([1-9][0-9]*)(${unit:-G})?$ ]] || DISK_SIZE=${BASH_REMATCH[1]}$unit
}

_vm_shrink_disk() {
  local number=${DISK_SIZE%%[!0-9]*}
  if [[ ! $number =~ ^[0-9]{1,9}$ ]]; then
    _vm_refuse "This script does not let its disk be smaller."
    return
  fi
  number=$((10#$number))
  number=$((number / 2 > 0 ? number / 2 : 1))
  _vm_ask_disk_size "$number${DISK_SIZE##*[0-9]}" || return 1
  _vm_say "The disk gets a size of $DISK_SIZE."
}

# Another storage that takes disks: the one with most space, or the user's choice.
_vm_change_storage() {
  local name type state free most=-1 best='' listed answer height=24 width=80
  local -a items=()
  local -A types=()
  listed=$(command pvesm status -content images 2>>"$_VM_LOG") || {
    _vm_refuse "The node does not say which storages it has; the log says why."
    return
  }
  while read -r name type state _ _ free _; do
    [[ $state == active && $name != "${STORAGE:-}" && $free =~ ^[0-9]{1,15}$ ]] || continue
    types[$name]=$type
    if ((free > most)); then
      most=$free best=$name
      items=("$name" "$type, $((free / 1048576)) GiB free" "${items[@]}")
    else
      items+=("$name" "$type, $((free / 1048576)) GiB free")
    fi
  done <<<"$listed"
  if [[ -z $best ]]; then
    _vm_refuse "There is no other storage for disks."
    return
  fi
  if ((${#types[@]} > 1)) && _vm_may_ask; then
    _vm_screen_size
    _vm_await _vm_prompt_choice "RECOVERY: storage" "Where should the disks go?" \
      "$((height < 16 ? height : 16))" "$((width < 70 ? width : 70))" "${items[@]}" || return 1
    best=$answer
  fi
  STORAGE=$best
  [[ ! -v STORAGE_TYPE ]] || STORAGE_TYPE=${types[$STORAGE]}
  _vm_lay_out_disks
  _vm_say "Using storage $STORAGE"
}

# Renews what a script of the second generation derived from storage and VM ID before the section began.
_vm_lay_out_disks() {
  local count=0
  declare -F vm_define_disk_references >/dev/null && [[ -v STORAGE_TYPE && -v _CORE_LAYOUT ]] || return 0
  # shellcheck disable=SC2034 # vm_apply_storage_layout starts from them
  THIN=${_CORE_LAYOUT[0]} FORMAT=${_CORE_LAYOUT[1]}
  vm_apply_storage_layout "$STORAGE_TYPE"
  while [[ -v DISK${count}_REF ]]; do count=$((count + 1)); done
  ((count == 0)) || vm_define_disk_references "$count"
}

_vm_change_vmid() {
  local next complaint=''
  next=$(command pvesh get /cluster/nextid 2>>"$_VM_LOG") || next=
  next=${next//[!0-9]/}
  if [[ -z $next ]]; then
    _vm_refuse "The node does not say which VM IDs are free."
    return
  fi
  # It may offer the number again whose volumes are in the way.
  while [[ $next == "$VMID" ]] || _vm_has_config "$next"; do next=$((next + 1)); done
  while :; do
    _vm_ask_value "${complaint}VM ID" "$next" '^[1-9][0-9]{2,8}$' "Only a number from 100 on." || return 1
    vm_exists "$value" || break
    complaint="$value is taken, or the node does not answer. "
    _vm_may_ask || {
      _vm_refuse "$complaint"
      return
    }
  done
  VMID=$value
  _vm_lay_out_disks
  _vm_say "Using VM ID $VMID"
}

# Shows the VM that has the number, and asks with No as default. Only an explicit yes removes it.
_vm_destroy_existing() {
  local config identity vm_name shown state answer origin=$'\nIt was not made by this run.'
  _vm_has_terminal || return 1
  ! _vm_is_ours "$VMID" || origin=
  _vm_read_config "$VMID"
  _vm_identify "$config"
  # Nothing of these could be destroyed from here, and a VM that is stopped first would stay and no longer run.
  state=$(command qm status "$VMID" 2>/dev/null) || {
    _vm_refuse "$VMID is no VM of this node but a container, or on another node: it stays."
    return
  }
  if [[ $'\n'${config%%$'\n['*} =~ $'\n'(protection: 1|lock: [a-z-]+) ]]; then
    _vm_refuse "VM $VMID ('$vm_name') has '${BASH_REMATCH[1]}' and stays. See qm set $VMID --protection 0, or qm unlock $VMID"
    return
  fi
  shown="$identity $vm_name"
  _vm_await _vm_prompt_yes "RECOVERY: destroy VM $VMID?" \
    "VM $VMID is '$vm_name', ${state#status: }.$origin"$'\n\nDestroy it with all its disks?' no || {
    [[ $? == 1 && -z ${_VM_SIGNAL:-} ]] && _vm_refuse "VM $VMID is not destroyed."
    return 1
  }
  # The question may have waited for hours.
  _vm_read_config "$VMID"
  _vm_identify "$config"
  if [[ $identity\ $vm_name != "$shown" ]]; then
    _vm_refuse "VM $VMID is not the one that was shown any more: it stays."
    return
  fi
  vm_logged qm stop "$VMID" || true
  vm_logged qm destroy "$VMID" --purge 1 || true
  vm_exists "$VMID" || return 0
  _vm_refuse "VM $VMID could not be destroyed; the log says why."
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
