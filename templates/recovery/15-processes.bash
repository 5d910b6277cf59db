# shellcheck shell=bash

# What the kernel says of process $1, from its state on; the result is in the array `fields`.
_vm_read_process() {
  local stat
  fields=()
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  # The name in parentheses may hold anything: count from behind it.
  read -ra fields <<<"${stat##*) }"
}

# When process $1 started, in clock ticks since boot; the result is in `started`. Tells a process from a later one
# with the same id.
_vm_process_start() {
  local -a fields
  started=
  _vm_read_process "$1" || return 1
  started=${fields[19]}
}

# Whether process $1 runs and is the one that started at $2.
_vm_is_process() {
  local started
  [[ $1 =~ ^[0-9]+$ ]] && _vm_process_start "$1" && [[ $started == "$2" ]]
}

# Whether a process runs. One that nobody has waited for yet does not.
_vm_is_running() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null && [[ ${stat##*) } != Z* ]]
}

# Stops a process and everything below it, so that nothing new begins; their ids are appended to `tree`.
_vm_stop_tree() {
  local child
  local -a children=()
  kill -STOP "$1" 2>/dev/null || return 0
  tree+=("$1")
  { read -ra children <"/proc/$1/task/$1/children"; } 2>/dev/null || true
  for child in "${children[@]}"; do _vm_stop_tree "$child"; done
}

# Ends a process and everything below it: asks first, then insists. Proxmox's commands need a while to undo what they
# began.
_vm_end_tree() {
  local -a tree=()
  local tries id
  _vm_stop_tree "$1"
  kill -TERM "${tree[@]}" 2>/dev/null || true
  kill -CONT "${tree[@]}" 2>/dev/null || true
  for ((tries = 0; tries < 150; tries++)); do
    for id in "${tree[@]}"; do
      _vm_is_running "$id" || continue
      command sleep 0.1
      continue 2
    done
    return 0
  done
  kill -KILL "${tree[@]}" 2>/dev/null || true
}

# Ends what a command left at work that was killed alone. qemu-img would go on with its copy, and until its end the volume
# can't be removed: the next attempt would take it for its own.
_vm_end_orphans() {
  local file program process group
  local -a fields
  _vm_read_process "$BASHPID" || return 0
  group=${fields[2]}
  for file in /proc/[0-9]*/cmdline; do
    program=
    { IFS= read -r -d '' program <"$file"; } 2>/dev/null || true
    [[ $program == */qemu-img ]] || continue
    process=${file#/proc/}
    process=${process%/*}
    # Of our group, with a parent that is not.
    if _vm_read_process "$process" && [[ ${fields[2]} == "$group" ]] && { ! _vm_read_process "${fields[1]}" || [[ ${fields[2]} != "$group" ]]; }; then
      _vm_end_tree "$process"
    fi
  done
}
