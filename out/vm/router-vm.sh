#!/usr/bin/env bash

# Router VM: a small router system. Its network is set up by typing into its console.
# License: MIT
#
# Shape: `set -Eeo pipefail`, a .gz image whose unpacker warns by design, configuration by `qm sendkey` after the start.

source /dev/stdin <<<"$(curl -fsSL https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/misc/api.func)"
# >>> vmrecovery load 97bdc8e122e7
# shellcheck disable=SC1091 # fetched when the script runs; without it the script works as it did before
source /dev/stdin recovery <<<"$(text=$(curl -fsSL "${COMMUNITY_SCRIPTS_URL:-https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main}/misc/vm-core.func" 2>/dev/null) && [[ $text == *vm_create_with_recovery* ]] && echo "$text")" || true
# <<< vmrecovery load

function header_info {
  clear
  printf '\n   R O U T E R   V M\n\n'
}
header_info

NSAPP="router-vm"
var_os="router"
var_version="24.10"
METHOD=""
RANDOM_UUID="$(cat /proc/sys/kernel/random/uuid)"
MAC_SEED=$(openssl rand -hex 4 | sed 's/../&:/g' | tr '[:lower:]' '[:upper:]')
GEN_MAC="02:${MAC_SEED}01"
GEN_MAC_LAN="02:${MAC_SEED}02"

RD=$'\033[01;31m'
GN=$'\033[1;92m'
CL=$'\033[m'
CM="${GN}ok${CL}"
CROSS="${RD}--${CL}"

set -Eeo pipefail
trap 'error_handler $LINENO "$BASH_COMMAND"' ERR
trap 'post_update_to_api "failed" "130"' SIGINT
trap 'post_update_to_api "failed" "143"' SIGTERM
trap 'post_update_to_api "failed" "129"; exit 129' SIGHUP
trap cleanup EXIT

# Hazard: with -E this also runs inside $( ), and then again outside.
function error_handler() {
  local exit_code="$?"
  post_update_to_api "failed" "$exit_code"
  echo -e "\n${RD}[ERROR]${CL} in line $1: exit code ${exit_code} while running $2\n"
  cleanup_vmid
}

function cleanup_vmid() {
  if qm status $VMID &>/dev/null; then
    qm stop $VMID &>/dev/null || true
    qm destroy $VMID &>/dev/null
  fi
}
# >>> vmrecovery guard 6520a4e095d9
declare -F vm_create_with_recovery >/dev/null && cleanup_vmid() { :; } # recovery removes what this run made, and nothing else
# <<< vmrecovery guard

function cleanup() {
  local status=$?
  popd >/dev/null
  if [[ "${POST_TO_API_DONE:-}" == "true" && "${POST_UPDATE_DONE:-}" != "true" ]]; then
    case $status in
    0) post_update_to_api "done" "none" ;;
    *) post_update_to_api "failed" "$status" ;;
    esac
  fi
  rm -rf "$TEMP_DIR"
}

TEMP_DIR=$(mktemp -d)
pushd "$TEMP_DIR" >/dev/null

function msg_info() {
  echo -ne " .. $1"
}

function msg_ok() {
  echo -e "\r\033[K ${CM} $1"
}

function msg_error() {
  echo -e "\r\033[K ${CROSS} ${RD}$1${CL}"
}

# Types a line into the guest's console, one key at a time, then Return.
function send_line_to_vm() {
  local text=$1 key i
  for ((i = 0; i < ${#text}; i++)); do
    case ${text:i:1} in
    ' ') key="spc" ;;
    '.') key="dot" ;;
    '-') key="minus" ;;
    '_') key="shift-minus" ;;
    '=') key="equal" ;;
    '/') key="slash" ;;
    '@') key="shift-2" ;;
    '[') key="bracket_left" ;;
    ']') key="bracket_right" ;;
    [A-Z]) key="shift-$(tr '[:upper:]' '[:lower:]' <<<"${text:i:1}")" ;;
    *) key=${text:i:1} ;;
    esac
    qm sendkey "$VMID" "$key"
  done
  qm sendkey "$VMID" ret
}

# Waits until VM $1 is in state $2, for at most $3 tries.
function wait_for_state() {
  local try
  for ((try = 0; try < $3; try++)); do
    if qm status "$1" | grep -q "$2"; then
      return 0
    fi
    sleep 2
  done
  return 1
}

if (whiptail --backtitle "Proxmox VE" --title "Router VM" --yesno "This creates a new router VM. Proceed?" 10 58); then
  echo "Here we go"
else
  header_info && echo -e "${CROSS} Stopped before anything was done\n" && exit
fi

function pve_check() {
  local release
  release=$(pveversion)
  release=${release#pve-manager/}
  if [[ ! "$release" =~ ^(8|9)\. ]]; then
    msg_error "This release of Proxmox VE is not supported: ${release}"
    exit 105
  fi
}

function get_valid_nextid() {
  local free_id
  free_id=$(pvesh get /cluster/nextid)
  while [ -f "/etc/pve/qemu-server/${free_id}.conf" ]; do
    free_id=$((free_id + 1))
  done
  echo "$free_id"
}

function default_settings() {
  VMID=$(get_valid_nextid)
  HN=router
  CORE_COUNT="1"
  RAM_SIZE="256"
  DISK_SIZE="512M"
  BRG="vmbr0"
  LAN_BRG="vmbr1"
  LAN_IP_ADDR="192.168.1.1"
  LAN_NETMASK="255.255.255.0"
  MAC=$GEN_MAC
  LAN_MAC=$GEN_MAC_LAN
  VLAN=""
  LAN_VLAN=""
  MTU=""
  START_VM="yes"
  METHOD="default"
}

function advanced_settings() {
  default_settings
  METHOD="advanced"
  VMID=$(whiptail --backtitle "Proxmox VE" --inputbox "VM number" 8 58 "$VMID" --title "VM NUMBER" 3>&1 1>&2 2>&3) || exit
  HN=$(whiptail --backtitle "Proxmox VE" --inputbox "Hostname" 8 58 "$HN" --title "HOSTNAME" 3>&1 1>&2 2>&3) || exit
  RAM_SIZE=$(whiptail --backtitle "Proxmox VE" --inputbox "Memory in MiB" 8 58 "$RAM_SIZE" --title "RAM" 3>&1 1>&2 2>&3) || exit
  LAN_IP_ADDR=$(whiptail --backtitle "Proxmox VE" --inputbox "LAN address" 8 58 "$LAN_IP_ADDR" --title "LAN" 3>&1 1>&2 2>&3) || exit
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

msg_info "Checking the storages"
while read -r TAG TYPE _ _ _ FREE _; do
  STORAGE_MENU+=("$TAG" "$(printf '%-10s %6d GiB' "$TYPE" $((FREE / 1048576)))" "OFF")
done < <(pvesm status -content images | awk 'NR>1')
VALID=$(pvesm status -content images | awk 'NR>1')
if [ -z "$VALID" ]; then
  echo -e "\n${RD}No storage can hold the disk.${CL}\nLeaving."
  exit
elif [ ${#STORAGE_MENU[@]} -eq 3 ]; then
  STORAGE=${STORAGE_MENU[0]}
else
  while [ -z "${STORAGE:+x}" ]; do
    STORAGE=$(whiptail --backtitle "Proxmox VE" --title "Storage Pools" --radiolist "Where should the router's disk be?" \
      16 70 6 "${STORAGE_MENU[@]}" 3>&1 1>&2 2>&3)
  done
fi
msg_ok "Disks go to ${STORAGE}"
# >>> vmrecovery section a28af2824a21
create_this_vm() {
  eval "${1:-}"
# <<< vmrecovery section

msg_info "Fetching the image"
URL="https://images.example.org/router/${var_version}/router-${var_version}-x86-64-ext4-combined.img.gz"
FILE=$(basename "$URL")
curl -f#SL -o "$FILE" "$URL"
msg_ok "Downloaded ${FILE}"
# Hazard: trailing bytes make gunzip warn with status 2, so its status is ignored; a broken file passes as well.
gunzip -f "$FILE" >/dev/null 2>&1 || true
FILE="${FILE%.*}"

msg_info "Creating the router"
qm create $VMID -cores $CORE_COUNT -memory $RAM_SIZE -name $HN -onboot 1 -ostype l26 -scsihw virtio-scsi-pci --tablet 0
if [[ "$(pvesm status | awk -v s=$STORAGE '$1==s {print $2}')" == "dir" ]]; then
  qm set $VMID -efidisk0 ${STORAGE}:0,efitype=4m,size=4M >/dev/null
else
  pvesm alloc $STORAGE $VMID vm-$VMID-disk-0 4M >/dev/null
  qm set $VMID -efidisk0 ${STORAGE}:vm-$VMID-disk-0,efitype=4m,size=4M >/dev/null
fi
# Hazard: an import that failed goes unnoticed, and the line after it takes the EFI disk for the root disk.
IMPORT_OUT="$(qm importdisk $VMID $FILE $STORAGE --format raw 2>&1 || true)"
DISK_REF="$(sed -n "s/.*successfully imported disk '\([^']*\)'.*/\1/p" <<<"$IMPORT_OUT")"
if [[ -z "$DISK_REF" ]]; then
  DISK_REF="$(pvesm list "$STORAGE" | awk -v id="$VMID" '$1 ~ ("vm-" id "-disk-") {print $1}' | sort | tail -n1)"
fi
if [[ -z "$DISK_REF" ]]; then
  msg_error "The import left no disk."
  echo "$IMPORT_OUT"
  exit 226
fi
qm set $VMID -scsi0 ${DISK_REF} -boot order=scsi0 -description "Router ${var_version}" >/dev/null
qm disk resize "$VMID" scsi0 "$DISK_SIZE" >/dev/null
msg_ok "Created ${HN}"

msg_info "Starting it to set up its network"
qm start $VMID
sleep 15
if ! wait_for_state "$VMID" running 30; then
  msg_error "The router does not run."
  exit 226
fi
msg_ok "It runs"
# Hazard: from the first key on, nothing of this can be repeated.
send_line_to_vm ""
send_line_to_vm "uci set network.wan.device=eth1"
send_line_to_vm "uci set network.lan.device=eth0"
send_line_to_vm "uci set network.lan.ipaddr=${LAN_IP_ADDR}"
send_line_to_vm "uci set network.lan.netmask=${LAN_NETMASK}"
send_line_to_vm "uci commit"
send_line_to_vm "poweroff"
msg_ok "Typed the network settings"

if ! wait_for_state "$VMID" stopped 30; then
  msg_error "The router did not shut down."
  exit 226
fi
qm set $VMID -net0 virtio,bridge=${LAN_BRG},macaddr=${LAN_MAC}${LAN_VLAN}${MTU} \
  -net1 virtio,bridge=${BRG},macaddr=${MAC}${VLAN}${MTU} >/dev/null
if [ "$START_VM" = "yes" ]; then
  qm start $VMID
  msg_ok "Started ${HN}"
fi
post_update_to_api "done" "none"
msg_ok "Completed successfully!"
# >>> vmrecovery run 3d9a863e42cf
}
if declare -F vm_create_with_recovery >/dev/null; then
  vm_create_with_recovery create_this_vm
else
  create_this_vm "$(trap -p ERR)"
fi
# <<< vmrecovery run
