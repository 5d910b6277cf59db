# shellcheck shell=bash

# Runs a command of a cleanup step: its output goes to the log, its status is returned. What it complains about, whatever
# its status, is the reason of what is still there. It changes what storages list.
_vm_logged() {
  local _output _line _status=0
  _output=$(command "$@" 2>&1) || _status=$?
  printf '$ %s\n%s' "$*" "${_output:+$_output$'\n'}" >>"${_VM_LOG:-/dev/null}" || true
  [[ -z ${_VM_CACHED:-} ]] || _VM_LISTS=()
  _VM_REASON=
  while IFS= read -r _line; do
    [[ $_line != *@(rror|ailed|nable|annot|"can't"|locked|enied|permitted|running)* ]] || _VM_REASON=$_line
  done <<<"$_output"
  return "$_status"
}

# Whether a VM or a container has this number. When the node can't say, it may be there.
_vm_exists() {
  local _answer
  _answer=$(command qm status "$1" 2>&1) && return 0
  [[ $_answer == *"does not exist"* ]] || return 0
  _vm_has_config "$1" || { type -P pct >/dev/null && command pct status "$1" >/dev/null 2>&1; }
}

# Whether a guest of the cluster has a configuration with this number: on this node or on another one, VM or container.
_vm_has_config() {
  local _file
  for _file in /etc/pve/{nodes/*/,}{qemu-server,lxc}/"$1".conf; do
    [[ ! -e $_file ]] || return 0
  done
  return 1
}

# The configuration of VM $1 as the node has it now, empty without one; the result is in `_config`. A look into the
# cluster's file system in place of `qm config`: it costs no process.
_vm_read_config() {
  _config=
  [[ ! -r /etc/pve/qemu-server/$1.conf ]] || IFS= read -r -d '' _config <"/etc/pve/qemu-server/$1.conf" || true
  # Also when it is just being written.
  [[ -n $_config ]] || _config=$(command qm config "$1" 2>/dev/null) || true
}

# Whether the configuration of VM $1 has the line $2 now.
_vm_config_has() {
  local _config
  _vm_read_config "$1"
  # Snapshots come behind it.
  [[ $'\n'${_config%%$'\n['*}$'\n' == *$'\n'"$2"$'\n'* ]]
}

# The number of the guest to which a storage counts volume $1; the result is in `_owner`, empty where its name does not tell.
_vm_find_owner() {
  _owner=
  [[ ! $1 =~ ^[^:]+:(([0-9]+)/|(.*/)?(vm|base|subvol)-([0-9]+)-) ]] || _owner=${BASH_REMATCH[2]}${BASH_REMATCH[5]}
}

# Volumes of guest $2 on storage $1; the result is in the array `_volumes`. Status 1 when the storage can't say. A clean-up
# asks the same again and again, and an answer takes half a second: it is kept in _VM_LISTS until something is removed.
_vm_list_storage() {
  local _listed='' _id
  _volumes=()
  [[ -z ${_VM_CACHED:-} ]] || _listed=${_VM_LISTS["$1 $2"]:-}
  if [[ -z $_listed ]]; then
    # Without the content it lists backups, and snippets of whatever guest, too.
    _listed=$(command pvesm list "$1" ${2:+--vmid "$2" --content images} 2>&1) || {
      [[ $_listed == *"storage '$1' does not exist"* ]] || return 1
      _listed=none
    }
    [[ -z ${_VM_CACHED:-} ]] || _VM_LISTS["$1 $2"]=${_listed:-none}
  fi
  while read -r _id _; do
    [[ $_id != "$1":* ]] || _volumes+=("$_id")
  done <<<"$_listed"
}

# Whether the storage lists this volume. When the storage can't say, it may be there.
_vm_volume_exists() {
  local _owner _path
  local -a _volumes
  _vm_find_owner "$1"
  _vm_list_storage "${1%%:*}" "$_owner" || return 0
  [[ " ${_volumes[*]} " != *" $1 "* ]] || return 0
  # A storage without `images` takes disks, but does not list them.
  _path=$(command pvesm path "$1" 2>/dev/null) && [[ -f $_path ]]
}

_vm_path_exists() {
  [[ -e $1 || -L $1 ]]
}

# Storages that hold disks and are active; the result is in the array `_storages`, and `_inactive` counts the others.
# Status 1 when the node can't say.
_vm_list_storages() {
  local _listed='' _name _state
  _storages=() _inactive=0
  [[ -z ${_VM_CACHED:-} ]] || _listed=${_VM_LISTS[storages]:-}
  [[ -n $_listed ]] || _listed=$(command pvesm status -content images 2>/dev/null) || return 1
  [[ -z ${_VM_CACHED:-} ]] || _VM_LISTS[storages]=$_listed
  while read -r _name _ _state _; do
    case $_state in
    active) _storages+=("$_name") ;;
    '' | Status) ;;
    *) _inactive=$((_inactive + 1)) ;;
    esac
  done <<<"$_listed"
}

# Volumes that belong to VM $1 on all active storages; the result is in the array `_volumes`. Status 1 when a storage
# can't say.
_vm_list_volumes() {
  local _storage
  local -a _storages _all=()
  _vm_list_storages || return 1
  for _storage in "${_storages[@]}"; do
    _vm_list_storage "$_storage" "$1" || return 1
    _all+=("${_volumes[@]}")
  done
  _volumes=("${_all[@]}")
}

# When $1 came into being, and when $2 was written to; the results are in `_born` and `_since`. Status 1 when one is not known.
_vm_read_times() {
  _born=$(command stat -L -c %.9W -- "$1" 2>/dev/null) && _since=$(command stat -c %.9Y -- "$2" 2>/dev/null) || return 1
  # 0: not known.
  [[ $_born == [1-9]*[.,]* ]] || return 1
  _born=${_born/[.,]/} _since=${_since/[.,]/}
}

# Whether a task that makes or restores VM $1 runs on this node. Its process is called after it: UPID:…:qmcreate:100:…
_vm_has_worker() {
  local _file _task
  for _file in /proc/[0-9]*/cmdline; do
    { IFS= read -r -d '' _task <"$_file"; } 2>/dev/null || true
    [[ $_task != "task UPID:"*":qm"*":$1:"* ]] || return 0
  done
  return 1
}

# Waits until no task makes VM $1 any more, ten seconds at most.
_vm_wait_for_worker() {
  local _tries
  for ((_tries = 0; _tries < 100; _tries++)); do
    _vm_has_worker "$1" || return 0
    command sleep 0.1
  done
}
