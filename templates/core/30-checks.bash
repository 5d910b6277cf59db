# shellcheck shell=bash
# What must be true before a VM is made, and what happens at the end of a script.

# The scripts say why they stop, leave two seconds to read it where the screen is about to change, and exit.
_core_stop() {
  local _status=$1 _line
  shift
  for _line; do msg_error "$_line"; done
  printf '\nExiting...\n' >&2
  sleep 2
  exit "$_status"
}

# A script run by its #! line is named after its file, not after bash; /proc cuts names at 15 characters.
shell_check() {
  local _name _own=${0##*/}
  _name=$(ps -p $$ -o comm=) || true
  if [[ $_name == bash || (-n $_name && ${_own:0:15} == "$_name") ]]; then return 0; fi
  _core_clear
  _core_stop 0 "Your default shell is not Bash. Please switch to Bash to use these scripts."
}

check_root() {
  local _user _parent
  _user=$(id -u)
  _parent=$(ps -o comm= -p "$PPID") || true
  if [[ $_user == 0 && $_parent != sudo ]]; then return 0; fi
  _core_clear
  _core_stop 0 "Please run this script as root."
}

pve_check() {
  local _version _supported="Proxmox VE version 8.0 – 8.9 or 9.0 – 9.2"
  _version=$(pveversion) || true
  # pve-manager/9.1.1/0123abcd (running kernel: …)
  if [[ $_version =~ ^[^/]*/([0-9]+)\.([0-9]+) ]]; then
    case ${BASH_REMATCH[1]} in
    8) if ((10#${BASH_REMATCH[2]} <= 9)); then return 0; fi ;;
    9) if ((10#${BASH_REMATCH[2]} <= 2)); then return 0; fi ;;
    *) ;;
    esac
  fi
  msg_error "This version of Proxmox VE is not supported."
  msg_error "Supported: $_supported"
  exit 105
}

arch_check() {
  local _arch
  _arch=$(dpkg --print-architecture) || true
  case $_arch in
  amd64) ;;
  arm64) if [[ ${var_arm64:-} != yes ]]; then _core_stop 106 "This script does not yet support ARM64!"; fi ;;
  *) _core_stop 106 "This script requires amd64 or arm64." ;;
  esac
}

ssh_check() {
  if [[ -z ${SSH_CLIENT:-} ]] || ! command -v pveversion >/dev/null 2>&1; then return 0; fi
  if ! _core_dialog --defaultno --title "SSH DETECTED" --yesno \
    "It's suggested to use the Proxmox shell instead of SSH: over SSH, gathering variables can fail. Proceed with SSH?" 10 62; then
    _core_clear
    exit 0
  fi
}

# Status 0 when ID stands in a VM's or container's configuration anywhere in the cluster.
_core_has_config() {
  local _file
  for _file in /etc/pve/{qemu-server,lxc}/"$1".conf /etc/pve/nodes/*/{qemu-server,lxc}/"$1".conf; do
    if [[ -f $_file ]]; then return 0; fi
  done
  return 1
}

# Prints the next ID that no configuration and no logical volume carries (volumes outlive a removed VM).
get_valid_nextid() {
  local _id _volumes
  _id=$(pvesh get /cluster/nextid) || return
  _volumes=$(lvs --noheadings -o lv_name 2>/dev/null) || _volumes=''
  while _core_has_config "$_id" || [[ $_volumes =~ (^|[-_[:space:]])$_id([-_[:space:]]|$) ]]; do
    _id=$((_id + 1))
  done
  printf '%s\n' "$_id"
}

check_hostname_conflict() {
  local _id _name
  # Read to the end: a reader that leaves early makes qm fail under pipefail.
  while read -r _id _name _; do
    if [[ $_name == "$1" && $_id != VMID ]]; then
      msg_error "Hostname $1 already in use by another VM."
      exit 1
    fi
  done <<<"$(qm list)"
}

# ERR trap: error_handler LINE COMMAND. Reports; set -e ends the script.
error_handler() {
  local _exit_code=$?
  stop_spinner
  if declare -F post_update_to_api >/dev/null; then post_update_to_api failed "$_exit_code"; fi
  printf '\n%b\n\n' "${RD:-}[ERROR]${CL:-} in line ${RD:-}${1:-unknown}${CL:-}: exit code ${RD:-}$_exit_code${CL:-}: while executing command ${YW:-}${2:-unknown}${CL:-}" >&2
  cleanup_vmid
}

# Removes what this run created, and nothing else. Inside an attempt nothing is removed: the menu comes after it.
cleanup_vmid() {
  if [[ -n ${_VM_ATTEMPT_PID:-} ]]; then return 0; fi
  # One that came from outside is not this run's.
  if [[ -n ${_VM_RUN:-} && ${_VM_RUN@a} != *x* && -f $_VM_RUN/journal ]]; then
    _vm_clean_up || true
  elif [[ -n ${VMID:-} ]] && qm status "$VMID" &>/dev/null; then
    # Without a journal it may be anybody's, taken a moment before this script asked for the number.
    msg_warn "VM $VMID stays: it is not known whether this run made it. Look at it with: qm config $VMID"
  fi
}

# EXIT trap: the terminal, the working directory and TEMP_DIR as they were, and a last word for telemetry.
cleanup() {
  local _exit_code=$?
  stop_spinner
  if ((${#DIRSTACK[@]} > 1)); then popd >/dev/null || true; fi
  if [[ -n ${TEMP_DIR:-} && -d $TEMP_DIR ]]; then rm -rf -- "$TEMP_DIR"; fi
  if [[ ${POST_TO_API_DONE:-} != true || ${POST_UPDATE_DONE:-} == true ]]; then return 0; fi
  if ! declare -F post_update_to_api >/dev/null; then return 0; fi
  if ((_exit_code)); then
    post_update_to_api failed "$_exit_code"
  else
    # A clean end without a result: the user left a dialog.
    post_update_to_api aborted 0
  fi
}
