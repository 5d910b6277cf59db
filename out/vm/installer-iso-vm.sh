#!/usr/bin/env bash

# Installer VM: an empty disk and a storage system's installer medium. The user installs.
# License: MIT
#
# Shape: cached ISO, all disks allocated inside `qm create`, the medium as a CD-ROM drive, pipefail only from there on.

source /dev/stdin <<<"$(curl -fsSL https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/misc/api.func)"
# >>> vmrecovery load 97bdc8e122e7
# shellcheck disable=SC1091 # fetched when the script runs; without it the script works as it did before
source /dev/stdin recovery <<<"$(text=$(curl -fsSL "${COMMUNITY_SCRIPTS_URL:-https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main}/misc/vm-core.func" 2>/dev/null) && [[ $text == *vm_create_with_recovery* ]] && echo "$text")" || true
# <<< vmrecovery load

function header_info {
  clear
  cat <<"TITLE"

      Installer VM
      network storage, from its installation medium

TITLE
}

NSAPP="installer-iso-vm"
var_os="nas"
var_version="25.10"
METHOD=""
RANDOM_UUID="$(cat /proc/sys/kernel/random/uuid)"
GEN_MAC=02:$(openssl rand -hex 5 | sed 's/../&:/g;s/:$//' | awk '{print toupper($0)}')
RD=$'\033[01;31m'
GN=$'\033[1;92m'
CL=$'\033[m'

set -e
trap cleanup EXIT
trap 'error_handler $LINENO "$BASH_COMMAND"' ERR
trap 'post_update_to_api "failed" "143"' SIGTERM
trap 'post_update_to_api "failed" "130"' SIGINT
trap 'post_update_to_api "failed" "129"; exit 129' SIGHUP

# Hazard: reports the command's text where an exit code belongs.
function error_handler() {
  local exit_code="$?"
  local command="$2"
  echo -e "\n${RD}[ERROR]${CL} in line $1: ${command} (exit code ${exit_code})\n"
  post_update_to_api "failed" "${command}"
  cleanup_vmid
}

function cleanup_vmid() {
  if qm status $VMID &>/dev/null; then
    qm stop $VMID &>/dev/null
    qm destroy $VMID &>/dev/null
  else
    echo "There is no VM to remove."
  fi
}
# >>> vmrecovery guard 6520a4e095d9
declare -F vm_create_with_recovery >/dev/null && cleanup_vmid() { :; } # recovery removes what this run made, and nothing else
# <<< vmrecovery guard

# Hazard: says "done" however the script ended, unless the handler was first.
function cleanup() {
  post_update_to_api "done" "none"
  popd >/dev/null
  rm -rf $TEMP_DIR
}

TEMP_DIR=$(mktemp -d)
pushd $TEMP_DIR >/dev/null

header_info
if whiptail --backtitle "Proxmox VE" --title "Installer VM" --yesno "Create a VM with the installation medium?" 10 58; then
  :
else
  header_info && echo "  Nothing was changed." && exit
fi

function msg_info() {
  printf ' * %s' "$1"
}

function msg_ok() {
  printf '\r\033[K %b*%b %s\n' "$GN" "$CL" "$1"
}

function msg_error() {
  printf '\r\033[K %b*%b %s\n' "$RD" "$CL" "$1"
}

function check_root() {
  [[ "$(id -u)" -eq 0 ]] || {
    msg_error "Only root can create VMs."
    exit 104
  }
}

function pve_check() {
  pveversion | grep -Eq '/(8|9)\.' || {
    msg_error "Only for Proxmox VE 8 and 9."
    exit 105
  }
}

function get_valid_nextid() {
  local next
  next=$(pvesh get /cluster/nextid)
  while [[ -e /etc/pve/lxc/$next.conf || -e /etc/pve/qemu-server/$next.conf ]]; do
    next=$((next + 1))
  done
  echo "$next"
}

# Prints the newest stable medium that the project lists.
function latest_iso() {
  curl -fsSL https://images.example.org/nas/index.html | grep -o 'nas-[0-9.]*\.iso' | sort -V | tail -n1
}

function default_settings() {
  VMID=$(get_valid_nextid)
  HN="nas"
  CPU_TYPE="host"
  CORE_COUNT="2"
  RAM_SIZE="8192"
  DISK_SIZE="16"
  BRG="vmbr0"
  MAC="$GEN_MAC"
  VLAN=""
  MTU=""
  IMPORT_DISKS="no"
  START_VM="no"
  METHOD="default"
}

function advanced_settings() {
  default_settings
  METHOD="advanced"
  VMID=$(whiptail --backtitle "Proxmox VE" --title "VMID" --inputbox "Number of the VM" 8 58 "$VMID" 3>&1 1>&2 2>&3) || exit
  HN=$(whiptail --backtitle "Proxmox VE" --title "NAME" --inputbox "Name of the VM" 8 58 "$HN" 3>&1 1>&2 2>&3) || exit
  RAM_SIZE=$(whiptail --backtitle "Proxmox VE" --title "MEMORY" --inputbox "MiB" 8 58 "$RAM_SIZE" 3>&1 1>&2 2>&3) || exit
  DISK_SIZE=$(whiptail --backtitle "Proxmox VE" --title "DISK" --inputbox "GiB" 8 58 "$DISK_SIZE" 3>&1 1>&2 2>&3) || exit
  whiptail --backtitle "Proxmox VE" --defaultno --title "DISKS" --yesno "Pass disks of the host through?" 10 58 && IMPORT_DISKS="yes"
  whiptail --backtitle "Proxmox VE" --title "START" --yesno "Start the VM?" 10 58 && START_VM="yes" || START_VM="no"
}

function start_script() {
  if whiptail --backtitle "Proxmox VE" --title "SETTINGS" --yesno "Use Default Settings?" --no-button Advanced 10 58; then
    default_settings
  else
    advanced_settings
  fi
}

check_root
pve_check
start_script
post_to_api_vm

msg_info "Validating Storage"
while read -r line; do
  TAG=$(awk '{print $1}' <<<"$line")
  ITEM=$(awk '{printf "%-10s %d GiB free", $2, $6 / 1048576}' <<<"$line")
  STORAGE_MENU+=("$TAG" "$ITEM" "OFF")
done < <(pvesm status -content images | awk 'NR>1')
VALID=$(pvesm status -content images | awk 'NR>1')
if [ -z "$VALID" ]; then
  msg_error "Unable to find a storage for the disks."
  exit
elif [ $((${#STORAGE_MENU[@]} / 3)) -eq 1 ]; then
  STORAGE=${STORAGE_MENU[0]}
else
  while [ -z "${STORAGE:+x}" ]; do
    STORAGE=$(whiptail --backtitle "Proxmox VE" --title "Storage Pools" --radiolist "Storage of ${HN}" 16 70 6 \
      "${STORAGE_MENU[@]}" 3>&1 1>&2 2>&3)
  done
fi
msg_ok "Storage ${STORAGE}, VM ${VMID}"
# >>> vmrecovery section a28af2824a21
create_this_vm() {
  eval "${1:-}"
# <<< vmrecovery section

ISO_NAME=$(latest_iso)
if [ -z "$ISO_NAME" ]; then
  msg_error "Found no installation medium."
  exit 115
fi
FULL_URL="https://images.example.org/nas/${ISO_NAME}"
CACHE_DIR="/var/lib/vz/template/iso"
CACHE_FILE="$CACHE_DIR/$ISO_NAME"
mkdir -p "$CACHE_DIR"
# Hazard: an interrupted download leaves a file that the next run takes for the whole.
if [[ ! -s "$CACHE_FILE" ]]; then
  msg_info "Downloading ${ISO_NAME}"
  curl -f#SL -o "$CACHE_FILE" "$FULL_URL"
  msg_ok "Downloaded ${ISO_NAME}"
else
  msg_ok "Using ${ISO_NAME} from the cache"
fi

set -o pipefail
msg_info "Creating the VM"
# Hazard: when the second disk does not fit, the first one is already there.
qm create "$VMID" -machine q35 -bios ovmf -agent enabled=1 -tablet 0 -cpu "$CPU_TYPE" -cores "$CORE_COUNT" \
  -memory "$RAM_SIZE" -balloon 0 -name "$HN" -net0 "virtio,bridge=$BRG,macaddr=$MAC$VLAN$MTU" -onboot 1 -ostype l26 \
  -efidisk0 $STORAGE:1,efitype=4m,pre-enrolled-keys=0 -sata0 $STORAGE:$DISK_SIZE,ssd=1 \
  -scsihw virtio-scsi-single -cdrom local:iso/$ISO_NAME -vga virtio >/dev/null
msg_ok "Created VM ${VMID}"

if [ "$IMPORT_DISKS" == "yes" ]; then
  DISKS=()
  while read -r disk; do
    DISKS+=("$disk" "" "OFF")
  done < <(find /dev/disk/by-id -name 'ata-*' ! -name '*-part*' -printf '%f\n')
  # Hazard: Cancel leaves with the VM half configured.
  CHOSEN=$(whiptail --backtitle "Proxmox VE" --title "DISKS" --checklist "Disks to pass through" 20 70 10 "${DISKS[@]}" 3>&1 1>&2 2>&3 | tr -d '"') || exit
  NUMBER=0
  for disk in $CHOSEN; do
    NUMBER=$((NUMBER + 1))
    qm set $VMID --scsi$NUMBER /dev/disk/by-id/$disk
  done
fi
qm set "$VMID" -boot 'order=sata0;ide2' -description "Network storage ${var_version}: install it from the medium" >/dev/null

if [ "$START_VM" == "yes" ]; then
  msg_info "Starting the VM"
  qm start "$VMID"
  msg_ok "Started: open its console to install"
fi
msg_ok "Completed successfully!"
# >>> vmrecovery run 3d9a863e42cf
}
if declare -F vm_create_with_recovery >/dev/null; then
  vm_create_with_recovery create_this_vm
else
  create_this_vm "$(trap -p ERR)"
fi
# <<< vmrecovery run
