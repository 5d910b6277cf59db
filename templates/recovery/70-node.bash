# shellcheck shell=bash

# Runs a command of a cleanup step: its output goes to the log, its status is returned.
vm_logged() {
  {
    printf '$ %s\n' "$*"
    command "$@" 2>&1
  } >>"${_VM_LOG:-/dev/null}"
}

# Whether a VM or a container has this number. When the node can't say, it may be there.
vm_exists() {
  local answer
  answer=$(command qm status "$1" 2>&1) && return 0
  [[ $answer == *"does not exist"* ]] || return 0
  _vm_has_config "$1" || { type -P pct >/dev/null && command pct status "$1" >/dev/null 2>&1; }
}

# Whether a guest of the cluster has a configuration with this number: on this node or on another one, VM or container.
_vm_has_config() {
  local file
  for file in /etc/pve/{nodes/*/,}{qemu-server,lxc}/"$1".conf; do
    [[ ! -e $file ]] || return 0
  done
  return 1
}

# The configuration of VM $1 as the node has it now, empty without one; the result is in `config`. A look into the
# cluster's file system in place of `qm config`: it costs no process.
_vm_read_config() {
  config=
  [[ ! -r /etc/pve/qemu-server/$1.conf ]] || IFS= read -r -d '' config <"/etc/pve/qemu-server/$1.conf" || true
  # Also when it is just being written.
  [[ -n $config ]] || config=$(command qm config "$1" 2>/dev/null) || true
}

# Whether the configuration of VM $1 has the line $2 now.
vm_config_has() {
  local config
  _vm_read_config "$1"
  # Snapshots come behind it.
  [[ $'\n'${config%%$'\n['*}$'\n' == *$'\n'"$2"$'\n'* ]]
}

# Whether the storage lists this volume. When the storage can't say, it may be there.
vm_volume_exists() {
  local listed id path
  listed=$(command pvesm list "${1%%:*}" 2>&1) || {
    [[ $listed != *"storage '${1%%:*}' does not exist"* ]]
    return
  }
  while read -r id _; do
    [[ $id != "$1" ]] || return 0
  done <<<"$listed"
  # A storage without `images` takes disks, but does not list them.
  path=$(command pvesm path "$1" 2>/dev/null) && [[ -f $path ]]
}

vm_path_exists() {
  [[ -e $1 || -L $1 ]]
}

# Storages that hold disks and are active; the result is in the array `storages`, and `inactive` counts the others.
# Status 1 when the node can't say.
_vm_list_storages() {
  local listed name state
  storages=() inactive=0
  listed=$(command pvesm status -content images 2>/dev/null) || return 1
  while read -r name _ state _; do
    case $state in
    active) storages+=("$name") ;;
    '' | Status) ;;
    *) inactive=$((inactive + 1)) ;;
    esac
  done <<<"$listed"
}

# Volumes that belong to VM $1 on all active storages; the result is in the array `volumes`. Status 1 when a storage
# can't say.
_vm_list_volumes() {
  local storage listed id
  local -a storages
  volumes=()
  _vm_list_storages || return 1
  for storage in "${storages[@]}"; do
    # Without the content it lists backups, and snippets of whatever guest, too.
    listed=$(command pvesm list "$storage" --vmid "$1" --content images 2>/dev/null) || return 1
    while read -r id _; do
      [[ $id != "$storage":* ]] || volumes+=("$id")
    done <<<"$listed"
  done
}

# When $1 came into being, and when $2 was written to; the results are in `born` and `since`. Status 1 when one is not known.
_vm_read_times() {
  born=$(command stat -L -c %.9W -- "$1" 2>/dev/null) && since=$(command stat -c %.9Y -- "$2" 2>/dev/null) || return 1
  # 0: not known.
  [[ $born == [1-9]*[.,]* ]] || return 1
  born=${born/[.,]/} since=${since/[.,]/}
}

# Whether a task that makes or restores VM $1 runs on this node. Its process is called after it: UPID:…:qmcreate:100:…
_vm_has_worker() {
  local file task
  for file in /proc/[0-9]*/cmdline; do
    { IFS= read -r -d '' task <"$file"; } 2>/dev/null || true
    [[ $task != "task UPID:"*":qm"*":$1:"* ]] || return 0
  done
  return 1
}

# Waits until no task makes VM $1 any more, ten seconds at most.
_vm_wait_for_worker() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    _vm_has_worker "$1" || return 0
    command sleep 0.1
  done
}
