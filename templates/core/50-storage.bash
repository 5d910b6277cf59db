# shellcheck shell=bash
# Where the disks go and what they are called there, and the note that the VM carries.

# vm_apply_storage_layout TYPE: file storages keep the disks of a VM in a folder of its own, with an extension.
# shellcheck disable=SC2034
vm_apply_storage_layout() {
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
  DISK_REF=${VMID}/ THIN=''
}

# vm_select_storage [HOSTNAME]: the only storage for images, the one already named in STORAGE, or the user's choice.
vm_select_storage() {
  local answer=${STORAGE:-} hostname=${1:-${HN:-vm}} name type free item width=0 menu=()
  msg_info "Validating Storage"
  while read -r name type free; do
    printf -v item '  Type: %-10s Free: %9sB ' "${type}" "${free}"
    if ((${#item} > width)); then width=${#item}; fi
    menu+=("${name}" "${item}" OFF)
  done < <(pvesm status -content images | awk '$3 == "active" { print $1, $2, $6 }' |
    numfmt --field 3 --from-unit=1024 --to=iec --format %.2f --invalid=ignore)
  stop_spinner
  if ((${#menu[@]} == 0)); then
    msg_error "Unable to detect a valid storage location."
    exit 0
  fi
  if ((${#menu[@]} == 3)); then answer=${menu[0]}; fi
  while [[ -z ${answer} ]]; do
    _core_ask --title "Storage Pools" --radiolist \
      "Which storage pool would you like to use for ${hostname}?\nTo make a selection, use the Spacebar.\n" \
      16 $((width + 25)) 6 "${menu[@]}"
  done
  STORAGE=${answer}
  msg_ok "Using ${CL:-}${BL:-}${STORAGE}${CL:-} ${GN:-}for Storage Location."
  msg_ok "Virtual Machine ID is ${CL:-}${BL:-}${VMID}${CL:-}."
  STORAGE_TYPE=$(pvesm status -storage "${STORAGE}" | awk 'NR > 1 { print $2 }')
  vm_apply_storage_layout "${STORAGE_TYPE}"
}

# vm_define_disk_references [COUNT]: DISK0, DISK0_REF and so on, as the storage will name them.
vm_define_disk_references() {
  local number name
  for ((number = 0; number < ${1:-2}; number++)); do
    name=vm-${VMID}-disk-${number}${DISK_EXT:-}
    printf -v "DISK${number}" %s "${name}"
    printf -v "DISK${number}_REF" %s "${STORAGE}:${DISK_REF:-}${name}"
  done
}

# The note on the VM's summary page: who made it and where to ask.
set_description() {
  local home=https://github.com/community-scripts/ProxmoxVE link links=''
  for link in "github|${home}|GitHub" "comments|${home}/discussions|Discussions" "exclamation-circle|${home}/issues|Issues"; do
    links+=$'\n'"  <span style='margin: 0 10px;'><i class=\"fa fa-${link%%|*} fa-fw\" style=\"color: #f5f5f5;\"></i>"
    link=${link#*|}
    links+=" <a href='${link%|*}' target='_blank' rel='noopener noreferrer' style='text-decoration: none; color: #00617f;'>${link#*|}</a></span>"
  done
  printf -v DESCRIPTION '%s\n' "<div align='center'>" \
    "  <a href='https://Helper-Scripts.com' target='_blank' rel='noopener noreferrer'><img" \
    "    src='https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/misc/images/logo-81x112.png'" \
    "    alt='Logo' style='width:81px;height:112px;'/></a>" \
    "  <h2 style='font-size: 24px; margin: 20px 0;'>${APP:-${NSAPP:-} VM}</h2>" \
    "  <p style='margin: 16px 0;'><a href='https://ko-fi.com/community_scripts' target='_blank' rel='noopener noreferrer'><img" \
    "    src='https://img.shields.io/badge/&#x2615;-Buy us a coffee-blue' alt='spend Coffee' /></a></p>${links}"
  DESCRIPTION+='</div>'
  qm set "${VMID}" -description "${DESCRIPTION}" >/dev/null
}
