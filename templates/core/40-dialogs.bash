# shellcheck shell=bash
# The questions of a VM script. Each sets the variables its script goes on with; Cancel and Esc leave the script.

_core_dialog() {
  whiptail --backtitle "Proxmox VE Helper Scripts" "$@"
}

# The answer lands in the caller's $answer (whiptail writes it to stderr and draws on stdout: both are swapped).
_core_ask() {
  _answer=$(_core_dialog "$@" 3>&1 1>&2 2>&3) || exit_script
}

# _core_ask_text TITLE TEXT DEFAULT
_core_ask_text() {
  _core_ask --title "$1" --cancel-button Exit-Script --inputbox "$2" 8 58 "$3"
}

# _core_ask_one TITLE TEXT PRESELECTED TAG ITEM TAG ITEM: two of a kind.
_core_ask_one() {
  local _first=ON _second=OFF
  if [[ $3 == "$6" ]]; then _first=OFF _second=ON; fi
  _core_ask --title "$1" --cancel-button Exit-Script --radiolist "$2" 10 58 2 "$4" "$5" "$_first" "$6" "$7" "$_second"
}

# _core_ask_number TITLE TEXT DEFAULT COMPLAINT MINIMUM [MAXIMUM]: asks until the answer fits; empty is for the caller.
_core_ask_number() {
  while true; do
    _core_ask_text "$1" "$2" "$3"
    if [[ -z $_answer ]] || _core_within "$_answer" "$5" "${6:-999999999}"; then return 0; fi
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
  local _answer _default=${1:-}
  if [[ -z $_default ]]; then _default=$(get_valid_nextid); fi
  while true; do
    _core_ask_number "VIRTUAL MACHINE ID" "Set Virtual Machine ID" "$_default" "The ID must be a number from 100 to 999999999." 100
    if [[ -z $_answer ]]; then _answer=$(get_valid_nextid); fi
    if ! pct status "$_answer" &>/dev/null && ! qm status "$_answer" &>/dev/null; then break; fi
    printf '%b\n' "${CROSS:-}${RD:-} ID $_answer is already in use${CL:-}" >&2
    sleep 2
  done
  VMID=$_answer
  _core_chosen "${CONTAINERID:-}" "Virtual Machine ID" "$VMID"
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
  local _answer
  _core_ask_one "MACHINE TYPE" "Choose Type" "${1:-i440fx}" i440fx "Machine i440fx" q35 "Machine q35"
  vm_apply_machine_type "$_answer"
  _core_chosen "${CONTAINERTYPE:-}" "Machine Type" "$(vm_machine_type_label "$_answer")"
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
  _core_chosen "${CLOUD:-}" "Cloud-Init" "$USE_CLOUD_INIT"
  if [[ $USE_CLOUD_INIT == yes ]] && declare -F configure_cloudinit_ssh_keys >/dev/null; then
    configure_cloudinit_ssh_keys || true
  fi
}

vm_prompt_disk_size() {
  local _answer
  _core_ask_text "DISK SIZE" "${2:-Set Disk Size in GiB (e.g., 10, 20)}" "${1:-8G}"
  _answer=${_answer// /}
  if [[ ! $_answer =~ ^[0-9]+G?$ ]]; then
    printf '%b\n' "${DISKSIZE:-}${BOLD:-}${RD:-}Invalid Disk Size. Please use a number (e.g., 10 or 10G).${CL:-}" >&2
    exit_script
  fi
  DISK_SIZE=${_answer%G}G
  _core_chosen "${DISKSIZE:-}" "Disk Size" "$DISK_SIZE"
}

# shellcheck disable=SC2034
vm_prompt_disk_cache() {
  local _answer _preselected=0 _shown=None
  if [[ ${1:-none} == writethrough ]]; then _preselected=1; fi
  _core_ask_one "DISK CACHE" "Choose" "$_preselected" 0 "None (Default)" 1 "Write Through"
  DISK_CACHE=''
  if [[ $_answer == 1 ]]; then DISK_CACHE='cache=writethrough,' _shown="Write Through"; fi
  _core_chosen "${DISKSIZE:-}" "Disk Cache" "$_shown"
}

# Prints NAME as a host name may look: lower case, digits and single dashes, 63 characters at most.
sanitize_vm_hostname() {
  local LC_ALL=C _name=${1,,}
  _name=${_name//[^a-z0-9-]/-}
  while [[ $_name == *--* ]]; do _name=${_name//--/-}; done
  _name=${_name#-}
  _name=${_name:0:63}
  printf '%s\n' "${_name%-}"
}

vm_prompt_hostname() {
  local _answer _default=${1:-vm}
  _core_ask_text HOSTNAME "Set Hostname" "$_default"
  HN=$_default
  if [[ -n $_answer ]]; then
    HN=$(sanitize_vm_hostname "$_answer")
    HN=${HN:-$_default}
    if [[ $HN != "${_answer,,}" ]]; then
      _core_dialog --title "HOSTNAME ADJUSTED" --msgbox "Invalid characters detected. Hostname has been adjusted to:\n\n  $HN" 10 58
    fi
  fi
  _core_chosen "${HOSTNAME:-}" Hostname "$HN"
}

# shellcheck disable=SC2034
vm_prompt_cpu_model() {
  local _answer _preselected=0 _shown=KVM64
  if [[ ${1:-kvm64} == host ]]; then _preselected=1; fi
  _core_ask_one "CPU MODEL" "Choose" "$_preselected" 0 "KVM64 (Default)" 1 "Host"
  CPU_TYPE=''
  if [[ $_answer == 1 ]]; then CPU_TYPE=' -cpu host' _shown=Host; fi
  _core_chosen "${OS:-}" "CPU Model" "$_shown"
}

vm_prompt_cpu_cores() {
  local _answer _default=${1:-2}
  _core_ask_number "CORE COUNT" "Allocate CPU Cores" "$_default" "CPU Cores must be a positive integer (e.g., 2)." 1
  CORE_COUNT=${_answer:-$_default}
  _core_chosen "${CPUCORE:-}" "CPU Cores" "$CORE_COUNT"
}

vm_prompt_ram() {
  local _answer _default=${1:-2048}
  _core_ask_number RAM "Allocate RAM in MiB" "$_default" "RAM Size must be a positive integer in MiB (e.g., 2048)." 1
  RAM_SIZE=${_answer:-$_default}
  _core_chosen "${RAMSIZE:-}" "RAM Size" "$RAM_SIZE"
}

vm_prompt_bridge() {
  local _answer _default=${1:-vmbr0}
  _core_ask_text BRIDGE "Set a Bridge" "$_default"
  BRG=${_answer:-$_default}
  _core_chosen "${BRIDGE:-}" Bridge "$BRG"
}

vm_prompt_mac() {
  local _answer _default=${1:-${GEN_MAC:-}}
  while true; do
    _core_ask_text "MAC ADDRESS" "Set a MAC Address" "$_default"
    _answer=${_answer:-$_default}
    if [[ $_answer == "$_default" || $_answer =~ ^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$ ]]; then break; fi
    _core_refuse "Invalid MAC address format. Use XX:XX:XX:XX:XX:XX (e.g., AA:BB:CC:DD:EE:FF)."
  done
  MAC=$_answer
  _core_chosen "${MACADDRESS:-}" "MAC Address" "$MAC"
}

# shellcheck disable=SC2034
vm_prompt_vlan() {
  local _answer
  _core_ask_number VLAN "Set a Vlan (leave blank for default)" "${1:-}" \
    "VLAN must be a number between 1 and 4094, or leave blank for default." 1 4094
  VLAN=${_answer:+,tag=$_answer}
  _core_chosen "${VLANTAG:-}" VLAN "${_answer:-Default}"
}

# shellcheck disable=SC2034
vm_prompt_mtu() {
  local _answer
  _core_ask_number "MTU SIZE" "Set Interface MTU Size (leave blank for default)" "${1:-}" \
    "MTU Size must be a number between 576 and 65520, or leave blank for default." 576 65520
  MTU=${_answer:+,mtu=$_answer}
  _core_chosen "${DEFAULT:-}" "Interface MTU Size" "${_answer:-Default}"
}

vm_prompt_start_vm() {
  local _preselect=()
  if [[ ${1:-yes} == no ]]; then _preselect=(--defaultno); fi
  START_VM=no
  if _core_dialog "${_preselect[@]}" --title "START VIRTUAL MACHINE" --yesno "Start VM when completed?" 10 58; then START_VM=yes; fi
  _core_chosen "${GATEWAY:-}" "Start VM when completed" "$START_VM"
}
