# shellcheck shell=bash

# What the kernel says of process $1, from its state on; the result is in the array `_fields`.
_vm_read_process() {
  local _stat
  _fields=()
  { read -r _stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  # The name in parentheses may hold anything: count from behind it.
  read -ra _fields <<<"${_stat##*) }"
}

# When process $1 started, in clock ticks since boot; the result is in `_started`. Tells a process from a later one
# with the same id.
_vm_process_start() {
  local -a _fields
  _started=
  _vm_read_process "$1" || return 1
  _started=${_fields[19]}
}

# Whether process $1 runs and is the one that started at $2. One that nobody has waited for yet does not run.
_vm_is_process() {
  local -a _fields
  [[ $1 =~ ^[0-9]+$ ]] && _vm_read_process "$1" && [[ ${_fields[0]} != Z && ${_fields[19]} == "$2" ]]
}

# Whether a process runs. One that nobody has waited for yet does not.
_vm_is_running() {
  local _stat
  { read -r _stat <"/proc/$1/stat"; } 2>/dev/null && [[ ${_stat##*) } != Z* ]]
}

# Stops a process and everything below it, so that nothing new begins; their ids are appended to `_tree`.
_vm_stop_tree() {
  local _child
  local -a _children=()
  kill -STOP "$1" 2>/dev/null || return 0
  _tree+=("$1")
  { read -ra _children <"/proc/$1/task/$1/children"; } 2>/dev/null || true
  for _child in "${_children[@]}"; do _vm_stop_tree "$_child"; done
}

# Ends a process and everything below it: asks first, then insists. Proxmox's commands need a while to undo what they
# began.
_vm_end_tree() {
  local -a _tree=()
  local _tries _id
  _vm_stop_tree "$1"
  kill -TERM "${_tree[@]}" 2>/dev/null || true
  kill -CONT "${_tree[@]}" 2>/dev/null || true
  for ((_tries = 0; _tries < 150; _tries++)); do
    for _id in "${_tree[@]}"; do
      _vm_is_running "$_id" || continue
      command sleep 0.1
      continue 2
    done
    return 0
  done
  kill -KILL "${_tree[@]}" 2>/dev/null || true
}

# Ends what a command for VM $1 left at work that was killed alone. qemu-img would go on with its copy, and until its end the
# volume can't be removed: the next attempt would take it for its own.
_vm_end_orphans() {
  local _file _process _group
  local -a _fields _words
  _vm_read_process "$BASHPID" || return 0
  _group=${_fields[2]}
  for _file in /proc/[0-9]*/cmdline; do
    _words=()
    { mapfile -t -d '' _words <"$_file"; } 2>/dev/null || true
    [[ ${_words[0]:-} == */qemu-img && ${_words[-1]} == */vm-"$1"-* ]] || continue
    _process=${_file#/proc/}
    _process=${_process%/*}
    # Of our group, with a parent that is not.
    if _vm_read_process "$_process" && [[ ${_fields[2]} == "$_group" ]] && { ! _vm_read_process "${_fields[1]}" || [[ ${_fields[2]} != "$_group" ]]; }; then
      _vm_end_tree "$_process"
    fi
  done
}
