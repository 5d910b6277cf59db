#!/usr/bin/env bash

# Appliance VM: a ready-made home automation system, shipped as a compressed disk image.
# License: MIT
#
# Shape: validated .xz cache, the VM exists before the image is unpacked, the import is recognised by what it printed.

source /dev/stdin <<<"$(curl -fsSL https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/misc/api.func)"
# >>> vmrecovery load 97bdc8e122e7
# shellcheck disable=SC1091 # fetched when the script runs; without it the script works as it did before
source /dev/stdin recovery <<<"$(text=$(curl -fsSL "${COMMUNITY_SCRIPTS_URL:-https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main}/misc/vm-core.func" 2>/dev/null) && [[ $text == *vm_create_with_recovery* ]] && echo "$text")" || true
# <<< vmrecovery load

function banner() {
  clear
  echo
  echo "    == Appliance VM: home automation =="
  echo
}
banner

NSAPP="appliance-vm"
var_os="appliance"
METHOD=""
RANDOM_UUID="$(cat /proc/sys/kernel/random/uuid)"
GEN_MAC=02:$(openssl rand -hex 5 | fold -w2 | paste -sd: | tr '[:lower:]' '[:upper:]')
STABLE=$(curl -fsSL https://images.example.org/appliance/stable.json | sed -n 's/.*"ova": *"\([^"]*\)".*/\1/p' | head -n1)
var_version="${STABLE:-16.0}"

RD=$'\033[01;31m'
GN=$'\033[1;92m'
CL=$'\033[m'
THIN="discard=on,ssd=1,"

set -e
trap 'post_update_to_api "failed" "129"; exit 129' SIGHUP
trap 'post_update_to_api "failed" "143"' SIGTERM
trap 'post_update_to_api "failed" "130"' SIGINT
trap cleanup EXIT
trap 'error_handler $LINENO "$BASH_COMMAND"' ERR

function error_handler() {
  local exit_code="$?"
  local message="${RD}[ERROR]${CL} line $1, exit code ${exit_code}: $2"
  post_update_to_api "failed" "${exit_code}"
  printf '\n%b\n\n' "$message"
  cleanup_vmid
}

# Hazard: if `qm stop` fails, errexit ends the handler here and the VM stays.
function cleanup_vmid() {
  if qm status $VMID &>/dev/null; then
    qm stop $VMID &>/dev/null
    # The disks go with it.
    qm destroy $VMID &>/dev/null
  fi
}
# >>> vmrecovery guard 6520a4e095d9
declare -F vm_create_with_recovery >/dev/null && cleanup_vmid() { :; } # recovery removes what this run made, and nothing else
# <<< vmrecovery guard

function cleanup() {
  local code=$?
  popd >/dev/null
  # Only a run that was announced and not yet reported.
  if [[ "${POST_TO_API_DONE:-}" == "true" && "${POST_UPDATE_DONE:-}" != "true" ]]; then
    [[ $code -eq 0 ]] && post_update_to_api "done" "none"
    [[ $code -ne 0 ]] && post_update_to_api "failed" "$code"
  fi
  rm -rf $TEMP_DIR
}

TEMP_DIR=$(mktemp -d)
pushd $TEMP_DIR >/dev/null

if whiptail --backtitle "Proxmox VE" --title "Appliance VM" --yesno "Create a new appliance VM?" 10 58; then
  :
else
  banner && echo "  Nothing was done." && exit
fi

function msg_info() { printf '  %s... ' "$1"; }
function msg_ok() { printf '\r\033[K  %b%s%b\n' "$GN" "$1" "$CL"; }
function msg_error() { printf '\r\033[K  %b%s%b\n' "$RD" "$1" "$CL"; }

function check_root() {
  if [[ "$(id -u)" -ne 0 ]]; then
    msg_error "This needs root."
    exit 104
  fi
}

function pve_check() {
  local version
  version=$(pveversion | cut -d/ -f2 | cut -d- -f1)
  case $version in
  8.* | 9.[0-2]*) ;;
  *)
    msg_error "Proxmox VE ${version} is not supported."
    exit 105
    ;;
  esac
}

function ssh_check() {
  if [ -n "${SSH_CLIENT:+x}" ]; then
    whiptail --backtitle "Proxmox VE" --defaultno --title "SSH" --yesno "A broken connection would end this. Go on over SSH?" 10 58 || exit
  fi
}

function get_valid_nextid() {
  local candidate
  candidate=$(pvesh get /cluster/nextid)
  until [[ ! -e /etc/pve/qemu-server/$candidate.conf && ! -e /etc/pve/lxc/$candidate.conf ]]; do
    candidate=$((candidate + 1))
  done
  echo "$candidate"
}

# Fetches URL ($1) to a cache file ($2) unless a good one is there.
function download_image() {
  if [[ -s "$2" ]] && xz -t "$2" &>/dev/null; then
    msg_ok "Using the cached $(basename "$2")"
    return 0
  fi
  rm -f "$2"
  msg_info "Downloading $(basename "$2")"
  if ! curl -fSL -o "$2" "$1"; then
    msg_error "Could not fetch $1"
    rm -f "$2"
    exit 115 # Hazard: ERR never sees this, and the VM, if there is one, stays.
  fi
  if ! xz -t "$2" &>/dev/null; then
    msg_error "What came is not a complete .xz file."
    rm -f "$2"
    exit 115
  fi
  msg_ok "Downloaded $(basename "$2")"
}

function unpack_image() {
  set -o pipefail # Hazard: stays on for the rest of the script.
  msg_info "Unpacking to $2"
  if ! xz -dc "$1" | cat >"$2"; then
    msg_error "Could not unpack $(basename "$1")"
    rm -f "$2"
    exit 115
  fi
  msg_ok "Unpacked"
}

function default_settings() {
  VMID=$(get_valid_nextid)
  HN="appliance"
  MACHINE=" -machine q35"
  CPU_TYPE=""
  CORE_COUNT="2"
  RAM_SIZE="4096"
  DISK_SIZE="32G"
  BRG="vmbr0"
  MAC="$GEN_MAC"
  VLAN=""
  MTU=""
  START_VM="yes"
  METHOD="default"
}

function advanced_settings() {
  default_settings
  METHOD="advanced"
  local answer
  for answer in VMID HN CORE_COUNT RAM_SIZE DISK_SIZE BRG; do
    local value
    value=$(whiptail --backtitle "Proxmox VE" --title "$answer" --inputbox "Value of ${answer}" 8 58 "${!answer}" 3>&1 1>&2 2>&3) || exit
    printf -v "$answer" '%s' "$value"
  done
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
ssh_check
start_script
post_to_api_vm

msg_info "Validating Storage"
while read -r line; do
  read -r TAG TYPE _ _ _ FREE _ <<<"$line"
  STORAGE_MENU+=("$TAG" "$TYPE, $((FREE / 1048576)) GiB free" "OFF") # Hazard: grows with every pass.
done < <(pvesm status -content images | awk 'NR>1')
VALID=$(pvesm status -content images | awk 'NR>1')
if [ -z "$VALID" ]; then
  msg_error "There is no storage for disk images."
  exit
elif [ $((${#STORAGE_MENU[@]} / 3)) -eq 1 ]; then
  STORAGE=${STORAGE_MENU[0]}
else
  while [ -z "${STORAGE:+x}" ]; do
    STORAGE=$(whiptail --backtitle "Proxmox VE" --title "Storage Pools" --radiolist "Storage for ${HN}:" 16 70 6 \
      "${STORAGE_MENU[@]}" 3>&1 1>&2 2>&3)
  done
fi
msg_ok "Storage is ${STORAGE}, the VM's number ${VMID}"
# >>> vmrecovery section a28af2824a21
create_this_vm() {
  eval "${1:-}"
# <<< vmrecovery section

URL="https://images.example.org/appliance/${var_version}/appliance_ova-${var_version}.qcow2.xz"
CACHE_DIR="/var/lib/vz/template/cache"
CACHE_FILE="$CACHE_DIR/$(basename "$URL")"
FILE_IMG="/var/lib/vz/template/tmp/$(basename "${URL%.xz}")"
mkdir -p "$CACHE_DIR" "$(dirname "$FILE_IMG")"
download_image "$URL" "$CACHE_FILE"

msg_info "Creating the VM"
qm create $VMID${MACHINE} -bios ovmf${CPU_TYPE} -cores $CORE_COUNT -memory $RAM_SIZE -name $HN -agent 1 -tablet 0 \
  -net0 virtio,bridge=$BRG,macaddr=$MAC$VLAN$MTU -onboot 1 -ostype l26 -scsihw virtio-scsi-pci >/dev/null
msg_ok "Created VM ${VMID}"

# Hazard: several GB outside TEMP_DIR, removed only when all went well.
unpack_image "$CACHE_FILE" "$FILE_IMG"

msg_info "Importing the disk into ${STORAGE}"
if qm disk import --help >/dev/null 2>&1; then
  IMPORT_CMD=(qm disk import)
else
  IMPORT_CMD=(qm importdisk)
fi
# Hazard: `|| true` swallows the status; only the missing name tells, and `exit` hides the error from ERR.
IMPORT_OUT="$("${IMPORT_CMD[@]}" "$VMID" "$FILE_IMG" "$STORAGE" --format raw 2>&1 || true)"
DISK_REF=$(sed -n "s/.*successfully imported disk '\([^']*\)'.*/\1/p" <<<"$IMPORT_OUT" | tr -d '\r')
if [[ -z "$DISK_REF" ]]; then
  msg_error "The import did not name a disk:"
  echo "$IMPORT_OUT"
  exit 226
fi
msg_ok "Imported ${DISK_REF}"
rm -f "$FILE_IMG"

qm set $VMID -efidisk0 ${STORAGE}:0,efitype=4m -scsi0 ${DISK_REF},${THIN}size=${DISK_SIZE} -boot order=scsi0 >/dev/null
qm resize $VMID scsi0 ${DISK_SIZE} >/dev/null
qm set $VMID -description "Home automation appliance ${var_version}" >/dev/null
msg_ok "Configured the VM"

if [ "$START_VM" == "yes" ]; then
  msg_info "Starting the VM"
  qm start $VMID
  msg_ok "Started the VM"
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
