#!/usr/bin/env bash

# Cloud image VM: a general-purpose Linux guest from a distribution's cloud image, configured by a cloud-init drive.
# License: MIT
#
# Shape: `pvesm alloc` for the EFI disk, `qm importdisk`, disk names predicted from the VMID, everything at top level.

source /dev/stdin <<<"$(curl -fsSL https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/misc/api.func)"
# >>> vmrecovery load 97bdc8e122e7
# shellcheck disable=SC1091 # fetched when the script runs; without it the script works as it did before
source /dev/stdin recovery <<<"$(text=$(curl -fsSL "${COMMUNITY_SCRIPTS_URL:-https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main}/misc/vm-core.func" 2>/dev/null) && [[ $text == *vm_create_with_recovery* ]] && echo "$text")" || true
# <<< vmrecovery load

function header_info {
  clear
  cat <<"BANNER"
  +-------------------------------+
  |  Cloud image VM (Debian 13)   |
  +-------------------------------+
BANNER
}
header_info
echo -e "\n Loading..."

APP="Cloud Image VM"
NSAPP="cloud-image-vm"
var_os="debian"
var_version="13"
METHOD=""
RANDOM_UUID="$(cat /proc/sys/kernel/random/uuid)"
GEN_MAC=02:$(openssl rand -hex 5 | sed 's/../&:/g; s/:$//' | tr '[:lower:]' '[:upper:]')

YW=$'\033[33m'
RD=$'\033[01;31m'
GN=$'\033[1;92m'
BL=$'\033[36m'
CL=$'\033[m'
TAB="  "
THIN="discard=on,ssd=1,"

set -e
trap 'post_update_to_api "failed" "130"' SIGINT
trap 'post_update_to_api "failed" "143"' SIGTERM
trap 'post_update_to_api "failed" "129"; exit 129' SIGHUP
trap 'error_handler $LINENO "$BASH_COMMAND"' ERR
trap cleanup EXIT

function error_handler() {
  local exit_code="$?"
  local where="$1" what="$2"
  post_update_to_api "failed" "${exit_code}"
  echo -e "\n${RD}[ERROR]${CL} line ${where}: '${YW}${what}${CL}' ended with exit code ${exit_code}\n"
  cleanup_vmid
}

# Hazard: takes whatever VM has this id, whether this run made it or not.
function cleanup_vmid() {
  if qm status "$VMID" &>/dev/null; then
    qm stop "$VMID" &>/dev/null
    qm destroy "$VMID" &>/dev/null
  fi
}
# >>> vmrecovery guard 6520a4e095d9
declare -F vm_create_with_recovery >/dev/null && cleanup_vmid() { :; } # recovery removes what this run made, and nothing else
# <<< vmrecovery guard

# Hazard: the success of a run is only reported here, from the exit code.
function cleanup() {
  local exit_code=$?
  popd >/dev/null
  if [[ "${POST_TO_API_DONE:-}" == "true" && "${POST_UPDATE_DONE:-}" != "true" ]]; then
    if ((exit_code == 0)); then
      post_update_to_api "done" "none"
    else
      post_update_to_api "failed" "$exit_code"
    fi
  fi
  rm -rf "$TEMP_DIR"
}

TEMP_DIR=$(mktemp -d)
pushd "$TEMP_DIR" >/dev/null

if whiptail --backtitle "Proxmox VE" --title "$APP" --yesno "This creates a new virtual machine from a Debian cloud image. Go on?" 10 58; then
  :
else
  header_info && echo -e "${TAB}Nothing was changed.\n" && exit
fi

function msg_info() {
  echo -ne "${TAB}${YW}$1${CL} "
}

function msg_ok() {
  echo -e "\r\033[K${TAB}${GN}$1${CL}"
}

function msg_error() {
  echo -e "\r\033[K${TAB}${RD}$1${CL}"
}

function check_root() {
  if [[ $EUID -ne 0 ]]; then
    msg_error "Run this script as root."
    exit 104
  fi
}

function pve_check() {
  if ! pveversion | grep -Eq 'pve-manager/(8\.[0-9]|9\.[0-2])'; then
    msg_error "Proxmox VE 8.0-8.9 or 9.0-9.2 is needed."
    exit 105
  fi
}

function get_valid_nextid() {
  local id
  id=$(pvesh get /cluster/nextid)
  while [[ -f /etc/pve/qemu-server/${id}.conf || -f /etc/pve/lxc/${id}.conf ]]; do
    id=$((id + 1))
  done
  echo "$id"
}

function exit-script() {
  clear
  echo -e "\n${TAB}${RD}Left without a change.${CL}\n"
  exit
}

function ask() {
  whiptail --backtitle "Proxmox VE" --title "$1" --cancel-button Exit-Script --inputbox "$2" 8 58 "$3" 3>&1 1>&2 2>&3
}

function default_settings() {
  METHOD="default"
  VMID=$(get_valid_nextid)
  HN="debian"
  MACHINE=""
  FORMAT=",efitype=4m"
  CPU_TYPE=""
  CORE_COUNT="2"
  RAM_SIZE="2048"
  DISK_SIZE="8G"
  DISK_CACHE=""
  BRG="vmbr0"
  MAC="$GEN_MAC"
  VLAN=""
  MTU=""
  CLOUD_INIT="yes"
  START_VM="yes"
}

function advanced_settings() {
  default_settings
  METHOD="advanced"
  VMID=$(ask "VMID" "Number of the new virtual machine" "$VMID") || exit-script
  if pct status "$VMID" &>/dev/null || qm status "$VMID" &>/dev/null; then
    msg_error "$VMID is taken."
    exit-script
  fi
  HN=$(ask "HOSTNAME" "Name of the virtual machine" "$HN") || exit-script
  CORE_COUNT=$(ask "CPU" "Number of cores" "$CORE_COUNT") || exit-script
  RAM_SIZE=$(ask "MEMORY" "Memory in MiB" "$RAM_SIZE") || exit-script
  DISK_SIZE=$(ask "DISK" "Disk size, such as 8G" "$DISK_SIZE") || exit-script
  BRG=$(ask "NETWORK" "Bridge" "$BRG") || exit-script
  if ! whiptail --backtitle "Proxmox VE" --title "CLOUD-INIT" --yesno "Add a cloud-init drive?" 10 58; then
    CLOUD_INIT="no"
  fi
  if ! whiptail --backtitle "Proxmox VE" --title "START" --yesno "Start the machine when it is ready?" 10 58; then
    START_VM="no"
  fi
}

function start_script() {
  if whiptail --backtitle "Proxmox VE" --title "SETTINGS" --yesno "Use the default settings?" --no-button Advanced 10 58; then
    default_settings
  else
    advanced_settings
  fi
  echo -e "${TAB}VM ${BL}${VMID}${CL} (${HN}): ${CORE_COUNT} cores, ${RAM_SIZE} MiB, disk ${DISK_SIZE}"
}

check_root
pve_check
start_script

post_to_api_vm

msg_info "Looking for storage"
while read -r TAG TYPE _ _ _ FREE _; do
  ITEM="  ${TYPE}, $(numfmt --from-unit=K --to=iec "$FREE") free "
  STORAGE_MENU+=("$TAG" "$ITEM" "OFF")
done < <(pvesm status -content images | awk 'NR>1')
if [[ ${#STORAGE_MENU[@]} -eq 0 ]]; then
  msg_error "No storage on this node takes VM disks."
  exit # Hazard: leaves with 0, so the run counts as done.
elif [[ ${#STORAGE_MENU[@]} -eq 3 ]]; then
  STORAGE=${STORAGE_MENU[0]}
else
  while [ -z "${STORAGE:+x}" ]; do
    STORAGE=$(whiptail --backtitle "Proxmox VE" --title "Storage Pools" --radiolist \
      "Where should the disks of ${HN} go?" 16 70 6 "${STORAGE_MENU[@]}" 3>&1 1>&2 2>&3)
  done
fi
msg_ok "Storage: ${BL}${STORAGE}${CL}"
# >>> vmrecovery section a28af2824a21
create_this_vm() {
  eval "${1:-}"
# <<< vmrecovery section

msg_info "Choosing the image"
if [ "$CLOUD_INIT" == "yes" ]; then
  URL=https://images.example.org/debian/13/latest/debian-13-genericcloud-amd64.qcow2
else
  URL=https://images.example.org/debian/13/latest/debian-13-nocloud-amd64.qcow2
fi
sleep 2
msg_ok "$URL"
FILE=$(basename "$URL")
curl -f#SL -o "$FILE" "$URL"
msg_ok "Downloaded ${BL}${FILE}${CL}"

STORAGE_TYPE=$(pvesm status -storage "$STORAGE" | awk 'NR>1 {print $2}')
DISK_EXT=""
DISK_REF=""
DISK_IMPORT="-format raw"
case $STORAGE_TYPE in
nfs | dir)
  DISK_EXT=".qcow2"
  DISK_REF="$VMID/"
  DISK_IMPORT="-format qcow2"
  THIN="" # Hazard: never set back, so another storage later loses it.
  ;;
btrfs)
  DISK_EXT=".raw"
  DISK_REF="$VMID/"
  FORMAT=",efitype=4m"
  THIN=""
  ;;
esac
# Hazard: predicted, not read back. A volume that an earlier attempt left moves the numbers.
DISK0="vm-${VMID}-disk-0${DISK_EXT}"
DISK0_REF="${STORAGE}:${DISK_REF}${DISK0}"
DISK1_REF="${STORAGE}:${DISK_REF}vm-${VMID}-disk-1${DISK_EXT}"

msg_info "Creating the virtual machine"
qm create $VMID -agent 1${MACHINE} -bios ovmf${CPU_TYPE} -cores $CORE_COUNT -memory $RAM_SIZE -name $HN \
  -net0 virtio,bridge=$BRG,macaddr=$MAC$VLAN$MTU -ostype l26 -scsihw virtio-scsi-pci -onboot 1 -tablet 0
# Hazard: `1>&/dev/null` throws the error text away with the output.
pvesm alloc $STORAGE $VMID $DISK0 4M 1>&/dev/null
qm importdisk $VMID ${FILE} $STORAGE ${DISK_IMPORT:-} 1>&/dev/null
qm set $VMID -efidisk0 ${DISK0_REF}${FORMAT} -scsi0 ${DISK1_REF},${DISK_CACHE}${THIN}size=${DISK_SIZE} \
  -boot order=scsi0 -serial0 socket >/dev/null
if [ "$CLOUD_INIT" == "yes" ]; then
  qm set $VMID -scsi1 ${STORAGE}:cloudinit >/dev/null
fi
qm set $VMID -description "A Debian cloud image, made by ${NSAPP}." >/dev/null
# Hazard: a `qm resize` that failed exits 0.
qm resize $VMID scsi0 ${DISK_SIZE} >/dev/null
msg_ok "Created the virtual machine ${BL}(${HN})${CL}"

if [ "$START_VM" == "yes" ]; then
  msg_info "Starting it"
  qm start $VMID
  msg_ok "Started"
fi
msg_ok "Completed successfully!\n"
# >>> vmrecovery run 3d9a863e42cf
}
if declare -F vm_create_with_recovery >/dev/null; then
  vm_create_with_recovery create_this_vm
else
  create_this_vm "$(trap -p ERR)"
fi
# <<< vmrecovery run
