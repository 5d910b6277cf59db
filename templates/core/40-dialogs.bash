# shellcheck shell=bash
# The questions of a VM script. Each sets the variables its script goes on with; Cancel and Esc leave the script.

_core_dialog() {
  whiptail --backtitle "Proxmox VE Helper Scripts" "$@"
}

# The answer lands in the caller's $answer (whiptail writes it to stderr and draws on stdout: both are swapped).
_core_ask() {
  answer=$(_core_dialog "$@" 3>&1 1>&2 2>&3) || exit_script
}

# _core_ask_text TITLE TEXT DEFAULT
_core_ask_text() {
  _core_ask --title "$1" --cancel-button Exit-Script --inputbox "$2" 8 58 "$3"
}

# _core_ask_one TITLE TEXT PRESELECTED TAG ITEM TAG ITEM: two of a kind.
_core_ask_one() {
  local first=ON second=OFF
  if [[ $3 == "$6" ]]; then first=OFF second=ON; fi
  _core_ask --title "$1" --cancel-button Exit-Script --radiolist "$2" 10 58 2 "$4" "$5" "${first}" "$6" "$7" "${second}"
}

# _core_ask_number TITLE TEXT DEFAULT COMPLAINT MINIMUM [MAXIMUM]: asks until the answer fits; empty is for the caller.
_core_ask_number() {
  while true; do
    _core_ask_text "$1" "$2" "$3"
    if [[ -z ${answer} ]] || _core_within "${answer}" "$5" "${6:-999999999}"; then return 0; fi
    _core_refuse "$4"
  done
}

# Ten digits at most, or the arithmetic would wrap around.
_core_within() {
  [[ $1 =~ ^[0-9]{1,10}$ ]] && ((10#$1 >= $2 && 10#$1 <= $3))
}

_core_refuse() {
  _core_dialog --title "INVALID INPUT" --msgbox "$1" 8 58
}

# One line of the summary: _core_chosen ICON LABEL VALUE
_core_chosen() {
  printf '%b\n' "$1${BOLD:-}${DGN:-}$2: ${BGN:-}$3${CL:-}"
}

vm_confirm_new_vm() {
  _core_dialog --title "$1" --yesno "$2" "${3:-10}" "${4:-58}"
}

vm_choose_settings_mode() {
  _core_dialog --title "SETTINGS" --no-button Advanced --yesno "${1:-Use Default Settings?}" "${2:-10}" "${3:-58}"
}

vm_confirm_advanced_settings() {
  _core_dialog --title "ADVANCED SETTINGS COMPLETE" --no-button Do-Over --yesno "$1" "${2:-10}" "${3:-58}"
}

# VMID is set only when the ID is free: whatever cleans up by VMID must never see somebody else's.
vm_prompt_vmid() {
  local answer default=${1:-}
  if [[ -z ${default} ]]; then default=$(get_valid_nextid); fi
  while true; do
    _core_ask_number "VIRTUAL MACHINE ID" "Set Virtual Machine ID" "${default}" "The ID must be a number from 100 to 999999999." 100
    if [[ -z ${answer} ]]; then answer=$(get_valid_nextid); fi
    if ! pct status "${answer}" &>/dev/null && ! qm status "${answer}" &>/dev/null; then break; fi
    printf '%b\n' "${CROSS:-}${RD:-} ID ${answer} is already in use${CL:-}" >&2
    sleep 2
  done
  VMID=${answer}
  _core_chosen "${CONTAINERID:-}" "Virtual Machine ID" "${VMID}"
}

# FORMAT goes behind the EFI disk, MACHINE into qm create.
# shellcheck disable=SC2034
vm_apply_machine_type() {
  if [[ ${1:-} == q35 ]]; then
    MACHINE_TYPE=q35 FORMAT='' MACHINE=' -machine q35'
  else
    MACHINE_TYPE=i440fx FORMAT=',efitype=4m' MACHINE=''
  fi
}

vm_machine_type_label() {
  if [[ ${1:-} == q35 ]]; then echo "Q35 (Modern)"; else echo "i440fx"; fi
}

vm_prompt_machine_type() {
  local answer
  _core_ask_one "MACHINE TYPE" "Choose Type" "${1:-i440fx}" i440fx "Machine i440fx" q35 "Machine q35"
  vm_apply_machine_type "${answer}"
  _core_chosen "${CONTAINERTYPE:-}" "Machine Type" "$(vm_machine_type_label "${answer}")"
}

# Status 1 when the Cloud-Init library cannot be had; the VM is then made without it.
vm_prompt_cloud_init() {
  USE_CLOUD_INIT=no
  load_cloud_init_functions
  if ! declare -F configure_cloud_init_interactive >/dev/null; then
    _core_chosen "${CLOUD:-}" "Cloud-Init" unavailable
    return 1
  fi
  configure_cloud_init_interactive "${1:-root}" || true
  USE_CLOUD_INIT=${CLOUDINIT_ENABLE:-no}
  _core_chosen "${CLOUD:-}" "Cloud-Init" "${USE_CLOUD_INIT}"
  if [[ ${USE_CLOUD_INIT} == yes ]] && declare -F configure_cloudinit_ssh_keys >/dev/null; then
    configure_cloudinit_ssh_keys || true
  fi
}

vm_prompt_disk_size() {
  local answer
  _core_ask_text "DISK SIZE" "${2:-Set Disk Size in GiB (e.g., 10, 20)}" "${1:-8G}"
  answer=${answer// /}
  if [[ ! ${answer} =~ ^[0-9]+G?$ ]]; then
    printf '%b\n' "${DISKSIZE:-}${BOLD:-}${RD:-}Invalid Disk Size. Please use a number (e.g., 10 or 10G).${CL:-}" >&2
    exit_script
  fi
  DISK_SIZE=${answer%G}G
  _core_chosen "${DISKSIZE:-}" "Disk Size" "${DISK_SIZE}"
}

# shellcheck disable=SC2034
vm_prompt_disk_cache() {
  local answer preselected=0 shown=None
  if [[ ${1:-none} == writethrough ]]; then preselected=1; fi
  _core_ask_one "DISK CACHE" "Choose" "${preselected}" 0 "None (Default)" 1 "Write Through"
  DISK_CACHE=''
  if [[ ${answer} == 1 ]]; then DISK_CACHE='cache=writethrough,' shown="Write Through"; fi
  _core_chosen "${DISKSIZE:-}" "Disk Cache" "${shown}"
}

# Prints NAME as a host name may look: lower case, digits and single dashes, 63 characters at most.
sanitize_vm_hostname() {
  local LC_ALL=C name=${1,,}
  name=${name//[^a-z0-9-]/-}
  while [[ ${name} == *--* ]]; do name=${name//--/-}; done
  name=${name#-}
  name=${name:0:63}
  printf '%s\n' "${name%-}"
}

vm_prompt_hostname() {
  local answer default=${1:-vm}
  _core_ask_text HOSTNAME "Set Hostname" "${default}"
  HN=${default}
  if [[ -n ${answer} ]]; then
    HN=$(sanitize_vm_hostname "${answer}")
    HN=${HN:-${default}}
    if [[ ${HN} != "${answer,,}" ]]; then
      _core_dialog --title "HOSTNAME ADJUSTED" --msgbox "Invalid characters detected. Hostname has been adjusted to:\n\n  ${HN}" 10 58
    fi
  fi
  _core_chosen "${HOSTNAME:-}" Hostname "${HN}"
}

# shellcheck disable=SC2034
vm_prompt_cpu_model() {
  local answer preselected=0 shown=KVM64
  if [[ ${1:-kvm64} == host ]]; then preselected=1; fi
  _core_ask_one "CPU MODEL" "Choose" "${preselected}" 0 "KVM64 (Default)" 1 "Host"
  CPU_TYPE=''
  if [[ ${answer} == 1 ]]; then CPU_TYPE=' -cpu host' shown=Host; fi
  _core_chosen "${OS:-}" "CPU Model" "${shown}"
}

vm_prompt_cpu_cores() {
  local answer default=${1:-2}
  _core_ask_number "CORE COUNT" "Allocate CPU Cores" "${default}" "CPU Cores must be a positive integer (e.g., 2)." 1
  CORE_COUNT=${answer:-${default}}
  _core_chosen "${CPUCORE:-}" "CPU Cores" "${CORE_COUNT}"
}

vm_prompt_ram() {
  local answer default=${1:-2048}
  _core_ask_number RAM "Allocate RAM in MiB" "${default}" "RAM Size must be a positive integer in MiB (e.g., 2048)." 1
  RAM_SIZE=${answer:-${default}}
  _core_chosen "${RAMSIZE:-}" "RAM Size" "${RAM_SIZE}"
}

vm_prompt_bridge() {
  local answer default=${1:-vmbr0}
  _core_ask_text BRIDGE "Set a Bridge" "${default}"
  BRG=${answer:-${default}}
  _core_chosen "${BRIDGE:-}" Bridge "${BRG}"
}

vm_prompt_mac() {
  local answer default=${1:-${GEN_MAC:-}}
  while true; do
    _core_ask_text "MAC ADDRESS" "Set a MAC Address" "${default}"
    answer=${answer:-${default}}
    if [[ ${answer} == "${default}" || ${answer} =~ ^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$ ]]; then break; fi
    _core_refuse "Invalid MAC address format. Use XX:XX:XX:XX:XX:XX (e.g., AA:BB:CC:DD:EE:FF)."
  done
  MAC=${answer}
  _core_chosen "${MACADDRESS:-}" "MAC Address" "${MAC}"
}

# shellcheck disable=SC2034
vm_prompt_vlan() {
  local answer
  _core_ask_number VLAN "Set a Vlan (leave blank for default)" "${1:-}" \
    "VLAN must be a number between 1 and 4094, or leave blank for default." 1 4094
  VLAN=${answer:+,tag=${answer}}
  _core_chosen "${VLANTAG:-}" VLAN "${answer:-Default}"
}

# shellcheck disable=SC2034
vm_prompt_mtu() {
  local answer
  _core_ask_number "MTU SIZE" "Set Interface MTU Size (leave blank for default)" "${1:-}" \
    "MTU Size must be a number between 576 and 65520, or leave blank for default." 576 65520
  MTU=${answer:+,mtu=${answer}}
  _core_chosen "${DEFAULT:-}" "Interface MTU Size" "${answer:-Default}"
}

vm_prompt_start_vm() {
  local preselect=()
  if [[ ${1:-yes} == no ]]; then preselect=(--defaultno); fi
  START_VM=no
  if _core_dialog "${preselect[@]}" --title "START VIRTUAL MACHINE" --yesno "Start VM when completed?" 10 58; then START_VM=yes; fi
  _core_chosen "${GATEWAY:-}" "Start VM when completed" "${START_VM}"
}
