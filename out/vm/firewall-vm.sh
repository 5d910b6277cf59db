#!/usr/bin/env bash

# Firewall VM: a BSD-based firewall from a compressed disk image.
# License: MIT
#
# Shape: `set -Eeo pipefail`, free-space checks that end the script, an allocation that is tried again on a ZFS timeout.

source /dev/stdin <<<"$(curl -fsSL https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/misc/api.func)"
# >>> vmrecovery load 97bdc8e122e7
# shellcheck disable=SC1091 # fetched when the script runs; without it the script works as it did before
source /dev/stdin recovery <<<"$(text=$(curl -fsSL "${COMMUNITY_SCRIPTS_URL:-https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main}/misc/vm-core.func" 2>/dev/null) && [[ $text == *vm_create_with_recovery* ]] && echo "$text")" || true
# <<< vmrecovery load

function header_info {
  clear
  echo "-------------------"
  echo "    Firewall VM    "
  echo "-------------------"
}
header_info

NSAPP="firewall-vm"
var_os="bsd"
var_version="26.1"
METHOD=""
RANDOM_UUID="$(cat /proc/sys/kernel/random/uuid)"
GEN_MAC=02:$(openssl rand -hex 5 | sed -E 's/(..)/\1:/g; s/:$//' | tr '[:lower:]' '[:upper:]')

YW=$'\033[33m'
RD=$'\033[01;31m'
GN=$'\033[1;92m'
CL=$'\033[m'

set -Eeo pipefail
trap 'post_update_to_api "failed" "130"' SIGINT
trap 'error_handler $LINENO "$BASH_COMMAND"' ERR
trap 'post_update_to_api "failed" "143"' SIGTERM
trap cleanup EXIT
trap 'post_update_to_api "failed" "129"; exit 129' SIGHUP

function error_handler() {
  local exit_code="$?"
  local line_no="$1" text="$2"
  post_update_to_api "failed" "$exit_code"
  echo -e "\n${RD}Failed in line ${line_no} with ${exit_code}:${CL} ${text}\n"
  cleanup_vmid
}

# Hazard: one VM number, two owners, and this does not ask which.
function cleanup_vmid() {
  qm status "$VMID" &>/dev/null || return 0
  qm stop "$VMID" &>/dev/null
  qm destroy "$VMID" &>/dev/null
}
# >>> vmrecovery guard 6520a4e095d9
declare -F vm_create_with_recovery >/dev/null && cleanup_vmid() { :; } # recovery removes what this run made, and nothing else
# <<< vmrecovery guard

# Hazard: without a directory on the stack, popd fails and the exit code becomes 1.
function cleanup() {
  local result=$?
  popd >/dev/null
  if [[ "${POST_TO_API_DONE:-}" == "true" && "${POST_UPDATE_DONE:-}" != "true" ]]; then
    if [[ $result -eq 0 ]]; then post_update_to_api "done" "none"; else post_update_to_api "failed" "$result"; fi
  fi
  rm -rf "$TEMP_DIR"
}

# Whether directory $1 has $2 MiB to spare.
function has_space() {
  local free
  free=$(df --output=avail -k "$1" | tail -n1)
  ((free >= $2 * 1024))
}

TEMP_DIR=$(mktemp -d)
pushd "$TEMP_DIR" >/dev/null

function msg_info() {
  echo -ne "- ${YW}$1${CL}"
}

function msg_ok() {
  echo -e "\r\033[K+ ${GN}$1${CL}"
}

function msg_error() {
  echo -e "\r\033[K! ${RD}$1${CL}"
}

if (whiptail --backtitle "Proxmox VE" --title "Firewall VM" --yesno "Create a new firewall VM?" 10 58); then
  :
else
  header_info && echo "Nothing was changed." && exit
fi

function pve_check() {
  if ! pveversion | grep -q 'pve-manager/[89]\.'; then
    msg_error "Needs Proxmox VE 8 or 9."
    exit 105
  fi
}

function get_valid_nextid() {
  local n
  n=$(pvesh get /cluster/nextid)
  while [[ -f "/etc/pve/qemu-server/$n.conf" ]] || [[ -f "/etc/pve/lxc/$n.conf" ]]; do
    n=$((n + 1))
  done
  echo "$n"
}

function default_settings() {
  METHOD="default"
  VMID=$(get_valid_nextid)
  HN="firewall"
  FORMAT=",efitype=4m"
  MACHINE=""
  CPU_TYPE=""
  CORE_COUNT="4"
  RAM_SIZE="8192"
  DISK_SIZE="20G"
  DISK_CACHE=""
  BRG="vmbr0"
  MAC="$GEN_MAC"
  VLAN=""
  MTU=""
  START_VM="yes"
}

function advanced_settings() {
  default_settings
  METHOD="advanced"
  local title
  while true; do
    title="FIREWALL VM"
    VMID=$(whiptail --backtitle "Proxmox VE" --inputbox "VM number" 8 58 "$VMID" --title "$title" 3>&1 1>&2 2>&3) || exit
    CORE_COUNT=$(whiptail --backtitle "Proxmox VE" --inputbox "Cores" 8 58 "$CORE_COUNT" --title "$title" 3>&1 1>&2 2>&3) || exit
    RAM_SIZE=$(whiptail --backtitle "Proxmox VE" --inputbox "Memory in MiB" 8 58 "$RAM_SIZE" --title "$title" 3>&1 1>&2 2>&3) || exit
    if (whiptail --backtitle "Proxmox VE" --title "$title" --yesno "Create it like this?" --no-button Do-Over 10 58); then
      break
    fi
  done
}

function start_script() {
  if (whiptail --backtitle "Proxmox VE" --title "SETTINGS" --yesno "Use Default Settings?" --no-button Advanced 10 58); then
    default_settings
  else
    advanced_settings
  fi
}

pve_check
start_script
post_to_api_vm

msg_info "Validating Storage"
while read -r name type _ _ _ available _; do
  STORAGE_MENU+=("$name" "$type ($((available / 1024)) MiB free)" "OFF")
done < <(pvesm status -content images | awk 'NR>1')
VALID=$(pvesm status -content images | awk 'NR>1')
if [ -z "$VALID" ]; then
  msg_error "Found no storage for the disks."
  exit
elif [ $((${#STORAGE_MENU[@]} / 3)) -eq 1 ]; then
  STORAGE=${STORAGE_MENU[0]}
else
  while [ -z "${STORAGE:+x}" ]; do
    STORAGE=$(whiptail --backtitle "Proxmox VE" --title "Storage Pools" --radiolist "Storage for the disks of ${HN}" \
      16 70 6 "${STORAGE_MENU[@]}" 3>&1 1>&2 2>&3)
  done
fi
msg_ok "Storage: ${STORAGE}"
# >>> vmrecovery section a28af2824a21
create_this_vm() {
  eval "${1:-}"
# <<< vmrecovery section

URL="https://images.example.org/firewall/${var_version}/firewall-${var_version}-amd64.qcow2.xz"
if ! curl -fsI "$URL" >/dev/null 2>&1; then
  msg_error "There is no image for release ${var_version}."
  exit 115
fi
if ! has_space "$TEMP_DIR" 200; then
  msg_error "Not enough free space in ${TEMP_DIR}."
  exit 214
fi
curl -f#SL -o "$(basename "$URL")" "$URL"
msg_ok "Downloaded $(basename "$URL")"

msg_info "Decompressing"
FILE=firewall.qcow2
if ! unxz -cv "$(basename "$URL")" >${FILE} 2>/dev/null; then
  msg_error "The image could not be decompressed."
  df -h "$TEMP_DIR"
  exit 115
fi
rm -f "$(basename "$URL")" # Hazard: a second pass has to fetch it again.
msg_ok "Decompressed"

STORAGE_TYPE=$(pvesm status -storage $STORAGE | awk 'NR>1 {print $2}')
case $STORAGE_TYPE in
nfs | dir) DISK_EXT=".qcow2" DISK_REF="$VMID/" DISK_IMPORT="-format qcow2" THIN="" ;;
btrfs) DISK_EXT=".raw" DISK_REF="$VMID/" DISK_IMPORT="-format raw" THIN="" FORMAT=",efitype=4m" ;;
*) DISK_EXT="" DISK_REF="" DISK_IMPORT="-format raw" THIN="discard=on,ssd=1," ;;
esac
# Hazard: predicted names, by eval.
for i in {0,1}; do
  eval "DISK${i}=vm-${VMID}-disk-${i}${DISK_EXT}"
  eval "DISK${i}_REF=${STORAGE}:${DISK_REF}vm-${VMID}-disk-${i}${DISK_EXT}"
done

msg_info "Creating the firewall"
qm create $VMID -agent 1${MACHINE} -bios ovmf${CPU_TYPE} -cores $CORE_COUNT -memory $RAM_SIZE -name $HN -onboot 1 \
  -net0 virtio,bridge=$BRG,macaddr=$MAC$VLAN$MTU -ostype other -scsihw virtio-scsi-pci -tablet 0
attempt=1
pause=5
while :; do
  alloc_err=$(pvesm alloc $STORAGE $VMID $DISK0 4M 2>&1 >/dev/null) && break
  if [[ "$alloc_err" == *"got timeout"* && $attempt -lt 4 ]]; then
    echo "The storage was slow (attempt ${attempt} of 4), again in ${pause} s"
    pvesm free "$DISK0_REF" &>/dev/null || true
    sleep "$pause"
    attempt=$((attempt + 1))
    pause=$((pause * 2))
    continue
  fi
  echo "$alloc_err" >&2
  exit 220 # Hazard: ERR does not fire, the VM stays.
done
qm importdisk $VMID ${FILE} $STORAGE ${DISK_IMPORT:-} &>/dev/null # Hazard: the error text is gone.
qm set $VMID -efidisk0 ${DISK0_REF}${FORMAT} -scsi0 ${DISK1_REF},${DISK_CACHE}${THIN}size=2G -boot order=scsi0 \
  -serial0 socket >/dev/null
qm resize $VMID scsi0 $DISK_SIZE >/dev/null
qm set $VMID -description "Firewall ${var_version}" >/dev/null
msg_ok "Created ${HN}"

qm set $VMID -net1 virtio,bridge=vmbr1 &>/dev/null # Hazard: no error text here either.
if [ "$START_VM" == "yes" ]; then
  msg_info "Starting"
  qm start $VMID
  msg_ok "Started ${HN}"
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
