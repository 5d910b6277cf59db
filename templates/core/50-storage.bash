# shellcheck shell=bash
# Where the disks go and what they are called there, and the note that the VM carries.

# vm_apply_storage_layout TYPE: file storages keep the disks of a VM in a folder of its own, with an extension.
# shellcheck disable=SC2034
vm_apply_storage_layout() {
  # What the settings were, for a recovery that goes on with another storage.
  _CORE_LAYOUT=("${THIN:-}" "${FORMAT:-}")
  DISK_EXT='' DISK_REF='' DISK_IMPORT_FORMAT=raw
  case ${1:-} in
  dir | nfs | cifs | cephfs | glusterfs)
    DISK_EXT=.qcow2 DISK_IMPORT_FORMAT=qcow2
    ;;
  btrfs)
    DISK_EXT=.raw FORMAT=',efitype=4m'
    ;;
  *) return 0 ;;
  esac
  DISK_REF=$VMID/ THIN=''
}

# vm_select_storage [HOSTNAME]: the only storage for images, the one already named in STORAGE, or the user's choice.
vm_select_storage() {
  local _answer=${STORAGE:-} _hostname=${1:-${HN:-vm}} _name _type _free _item _width=0 _menu=()
  msg_info "Validating Storage"
  while read -r _name _type _free; do
    printf -v _item '  Type: %-10s Free: %9sB ' "$_type" "$_free"
    if ((${#_item} > _width)); then _width=${#_item}; fi
    _menu+=("$_name" "$_item" OFF)
  done < <(pvesm status -content images | awk '$3 == "active" { print $1, $2, $6 }' |
    numfmt --field 3 --from-unit=1024 --to=iec --format %.2f --invalid=ignore)
  stop_spinner
  if ((${#_menu[@]} == 0)); then
    msg_error "Unable to detect a valid storage location."
    exit 0
  fi
  if ((${#_menu[@]} == 3)); then _answer=${_menu[0]}; fi
  while [[ -z $_answer ]]; do
    _core_ask --title "Storage Pools" --radiolist \
      "Which storage pool would you like to use for $_hostname?\nTo make a selection, use the Spacebar.\n" \
      16 $((_width + 25)) 6 "${_menu[@]}"
  done
  STORAGE=$_answer
  msg_ok "Using ${CL:-}${BL:-}$STORAGE${CL:-} ${GN:-}for Storage Location."
  msg_ok "Virtual Machine ID is ${CL:-}${BL:-}$VMID${CL:-}."
  STORAGE_TYPE=$(pvesm status -storage "$STORAGE" | awk 'NR > 1 { print $2 }')
  vm_apply_storage_layout "$STORAGE_TYPE"
}

# vm_define_disk_references [COUNT]: DISK0, DISK0_REF and so on, as the storage will name them.
vm_define_disk_references() {
  local _number _name
  for ((_number = 0; _number < ${1:-2}; _number++)); do
    _name=vm-$VMID-disk-$_number${DISK_EXT:-}
    printf -v "DISK$_number" %s "$_name"
    printf -v "DISK${_number}_REF" %s "$STORAGE:${DISK_REF:-}$_name"
  done
}

# The note on the VM's summary page: what it is, who made it and where to ask.
set_description() {
  local _home=https://github.com/community-scripts/ProxmoxVE _site=https://Helper-Scripts.com
  local _raw=https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main
  printf -v DESCRIPTION '%s\n' '<center>' \
    "<p><a href='$_site'><img src='$_raw/misc/images/logo-81x112.png' width='81' height='112' alt='Helper-Scripts.com'></a></p>" \
    "<h2>${APP:-${NSAPP:-} VM}</h2>" \
    "<p>Made by a <a href='$_site'>community script</a>. <a href='https://ko-fi.com/community_scripts'>Buy the authors a coffee</a>.</p>" \
    "<p><a href='$_home'>GitHub</a> | <a href='$_home/discussions'>Discussions</a> | <a href='$_home/issues'>Issues</a></p>"
  DESCRIPTION+='</center>'
  qm set "$VMID" -description "$DESCRIPTION" >/dev/null
}
