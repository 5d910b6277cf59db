#!/usr/bin/env bash

# Docker VM: a Debian guest with Docker installed into its image, or at its first boot if that fails.
# License: MIT
#
# Shape: second generation. Dialogs, messages and clean-up come from vm-core.func; virt-customize changes a work copy.

source <(curl -fsSL https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/misc/api.func) 2>/dev/null
source <(curl -fsSL https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/misc/vm-core.func) 2>/dev/null

APP="Docker Image"
APP_TYPE="vm"
NSAPP="docker-vm"
var_os="debian"
var_version="13"
METHOD=""
RANDOM_UUID="$(cat /proc/sys/kernel/random/uuid)"
GEN_MAC=02:$(openssl rand -hex 5 | sed 's/\(..\)/\1:/g; s/:$//' | tr a-f A-F)
DISK_SIZE="10G"
THIN="discard=on,ssd=1,"

load_functions

set -e
trap 'post_update_to_api "failed" "129"; exit 129' SIGHUP
# Neither of the next two ends the script: the running command has to.
trap 'post_update_to_api "failed" "130"' SIGINT
trap 'post_update_to_api "failed" "143"' SIGTERM
trap 'error_handler $LINENO "$BASH_COMMAND"' ERR
trap cleanup EXIT

function error_handler() {
  local exit_code="$?"
  msg_error "Line $1: exit code ${exit_code} from: $2"
  post_update_to_api "failed" "${exit_code}"
  cleanup_vmid
}

function default_settings() {
  METHOD="default"
  VMID=$(get_valid_nextid)
  HN="docker"
  vm_apply_machine_type "i440fx"
  CPU_TYPE=""
  CORE_COUNT="2"
  RAM_SIZE="4096"
  DISK_CACHE=""
  BRG="vmbr0"
  MAC="$GEN_MAC"
  VLAN=""
  MTU=""
  START_VM="yes"
  USE_CLOUD_INIT="no"
}

function advanced_settings() {
  METHOD="advanced"
  USE_CLOUD_INIT="no"
  vm_prompt_vmid "$(get_valid_nextid)"
  vm_prompt_machine_type "i440fx"
  vm_prompt_disk_size "$DISK_SIZE"
  vm_prompt_disk_cache "none"
  vm_prompt_hostname "docker"
  vm_prompt_cpu_model "kvm64"
  vm_prompt_cpu_cores "2"
  vm_prompt_ram "4096"
  vm_prompt_bridge "vmbr0"
  vm_prompt_mac "$GEN_MAC"
  vm_prompt_vlan ""
  vm_prompt_mtu ""
  vm_prompt_start_vm "yes"
  if ! vm_confirm_advanced_settings "Create the VM now?"; then
    advanced_settings
  fi
}

function start_script() {
  if vm_choose_settings_mode; then
    default_settings
  else
    advanced_settings
  fi
}

# Installs what the guest needs into image $1. Status: that of the first step that failed.
function customize_image() {
  virt-customize -q -a "$1" --install qemu-guest-agent,curl,ca-certificates >/dev/null 2>&1 &&
    virt-customize -q -a "$1" --run-command "curl -fsSL https://get.example.org/docker | sh" >/dev/null 2>&1 &&
    virt-customize -q -a "$1" --run-command "systemctl enable docker" >/dev/null 2>&1
}

# Puts a unit into image $1 that installs Docker when the guest first runs.
function prepare_first_boot() {
  virt-customize -q -a "$1" --run-command 'cat > /etc/systemd/system/first-boot-docker.service << "UNIT"
[Unit]
Description=Docker at the first boot
ConditionPathExists=!/var/lib/first-boot-docker
After=network-online.target

[Service]
Type=oneshot
ExecStart=/bin/sh -c "curl -fsSL https://get.example.org/docker | sh && touch /var/lib/first-boot-docker"

[Install]
WantedBy=multi-user.target
UNIT
systemctl enable first-boot-docker.service' >/dev/null 2>&1
}

header_info
check_root
arch_check
pve_check

if ! vm_confirm_new_vm "Docker VM" "This creates a new VM with Docker. Proceed?"; then
  header_info && echo -e "${CROSS}${RD}Nothing was changed${CL}\n" && exit
fi

start_script
post_to_api_vm

msg_info "Validating Storage"
while read -r TAG TYPE _ _ _ FREE _; do
  STORAGE_MENU+=("$TAG" "${TYPE} with $(numfmt --from-unit=K --to=iec "$FREE") free" "OFF")
done < <(pvesm status -content images | awk 'NR>1')
if [[ -z "${STORAGE_MENU[*]:-}" ]]; then
  msg_error "No storage for VM disks was found."
  exit
elif [[ ${#STORAGE_MENU[@]} -eq 3 ]]; then
  STORAGE=${STORAGE_MENU[0]}
else
  stop_spinner
  while [ -z "${STORAGE:+x}" ]; do
    STORAGE=$(whiptail --backtitle "Proxmox VE" --title "Storage Pools" --radiolist "Storage for ${HN}" 16 70 6 \
      "${STORAGE_MENU[@]}" 3>&1 1>&2 2>&3)
  done
fi
msg_ok "Using ${CL}${BL}$STORAGE${CL}${GN} as storage, ${CL}${BL}$VMID${CL}${GN} as VM number."
# >>> vmrecovery section a28af2824a21
create_this_vm() {
  eval "${1:-}"
# <<< vmrecovery section

# The image gets its software before the first boot; that needs libguestfs on the node.
if ! type -P virt-customize >/dev/null; then
  msg_info "The node has no virt-customize: installing it"
  { apt-get update && apt-get install --yes libguestfs-tools; } >/dev/null
  msg_ok "virt-customize is there"
fi

URL="https://images.example.org/debian/${var_version}/latest/debian-${var_version}-nocloud-amd64.qcow2"
CACHE_DIR="/var/lib/vz/template/cache"
CACHE_FILE="$CACHE_DIR/$(basename "$URL")"
mkdir -p "$CACHE_DIR"
# Hazard: any file that is not empty counts, a truncated one too.
if [[ ! -s "$CACHE_FILE" ]]; then
  curl -f#SL -o "$CACHE_FILE" "$URL"
  msg_ok "Downloaded ${CL}${BL}$(basename "$CACHE_FILE")${CL}"
else
  msg_ok "Using the cached ${CL}${BL}$(basename "$CACHE_FILE")${CL}"
fi

STORAGE_TYPE=$(pvesm status -storage "$STORAGE" | awk 'NR>1 {print $2}')
vm_apply_storage_layout "$STORAGE_TYPE"

# Hazard: a copy of several GB in /tmp that only the good path removes.
WORK_FILE=$(mktemp --suffix=.qcow2)
cp "$CACHE_FILE" "$WORK_FILE"

DOCKER_PREINSTALLED="no"
msg_info "Installing Docker into the image"
if customize_image "$WORK_FILE"; then
  DOCKER_PREINSTALLED="yes"
  msg_ok "Docker is in the image"
else
  msg_warn "Docker will be installed at the first boot"
  prepare_first_boot "$WORK_FILE" || msg_warn "Run this in the guest: curl -fsSL https://get.example.org/docker | sh"
fi
# Hazard: nobody learns when these fail.
virt-customize -q -a "$WORK_FILE" --hostname "$HN" >/dev/null 2>&1 || true
virt-customize -q -a "$WORK_FILE" --run-command "truncate -s 0 /etc/machine-id" >/dev/null 2>&1 || true
qemu-img resize "$WORK_FILE" "$DISK_SIZE" >/dev/null 2>&1

msg_info "Creating the VM"
qm create $VMID -agent 1${MACHINE} -bios ovmf${CPU_TYPE} -cores $CORE_COUNT -memory $RAM_SIZE -name $HN -tablet 0 \
  -net0 virtio,bridge=$BRG,macaddr=$MAC$VLAN$MTU -onboot 1 -ostype l26 -scsihw virtio-scsi-pci >/dev/null
msg_ok "Created VM $VMID"

msg_info "Importing the disk"
# Hazard: the status is lost; an `exit` in the middle leaves the VM behind.
IMPORT_OUT="$(qm importdisk "$VMID" "$WORK_FILE" "$STORAGE" --format "$DISK_IMPORT_FORMAT" 2>&1 || true)"
DISK_REF_IMPORTED="$(printf '%s\n' "$IMPORT_OUT" | grep -o "successfully imported disk '[^']*'" | cut -d"'" -f2 || true)"
[[ -z "$DISK_REF_IMPORTED" ]] && {
  msg_error "The disk was not imported."
  echo "$IMPORT_OUT"
  exit 226
}
rm -f "$WORK_FILE"
msg_ok "Imported $DISK_REF_IMPORTED"

qm set "$VMID" --efidisk0 "${STORAGE}:0,efitype=4m" --scsi0 "${DISK_REF_IMPORTED},${DISK_CACHE}${THIN%,}" \
  --boot order=scsi0 --serial0 socket >/dev/null
set_description

if [ "$START_VM" == "yes" ]; then
  msg_info "Starting the VM"
  qm start $VMID >/dev/null 2>&1
  msg_ok "Started the VM"
fi

VM_IP=""
if [ "$START_VM" == "yes" ]; then
  set +e # Hazard: interrupted here, errexit stays off.
  for _ in {1..10}; do
    VM_IP=$(qm guest cmd "$VMID" network-get-interfaces 2>/dev/null |
      grep -o '"ip-address" *: *"[0-9.]*"' | cut -d'"' -f4 | grep -v '^127\.' | head -n1) || true
    [ -n "$VM_IP" ] && break
    sleep 3
  done
  set -e
fi

post_update_to_api "done" "none"
msg_ok "Completed successfully! Docker: ${DOCKER_PREINSTALLED}, address: ${VM_IP:-not known yet}"
# >>> vmrecovery run 3d9a863e42cf
}
if declare -F vm_create_with_recovery >/dev/null; then
  vm_create_with_recovery create_this_vm
else
  create_this_vm "$(trap -p ERR)"
fi
# <<< vmrecovery run
