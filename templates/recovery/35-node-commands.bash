# shellcheck shell=bash

# The script's own handlers stop and destroy by number: only what this run made.
_vm_may_undo() {
  local config word
  local -a words=("${operands[0]:-}")
  if [[ $1 == pvesm ]]; then
    _vm_owns_volume "${operands[0]:-}" && return 0
    printf '# not done, volume %s is not ours: %s\n' "${operands[0]:-}" "$verb" >>"$_VM_LOG" || true
    return 1
  fi
  # A flag in front may have swallowed the number; a value that is taken for one then only makes this stricter.
  [[ -n ${words[0]} ]] || words=("${@:3}")
  for word in "${words[@]}"; do
    [[ $word =~ ^[1-9][0-9]{2,8}$ ]] || continue
    _vm_is_ours "$word" && continue
    printf '# not done, VM %s is not ours: %s\n' "$word" "$verb" >>"$_VM_LOG" || true
    return 1
  done
}

# Notes a VM that is about to be made: its number and the name that it gets.
_vm_note_creation() {
  local word previous='' name=''
  for word; do
    [[ $previous != -name && $previous != --name ]] || name=$word
    [[ $word != -name=* && $word != --name=* ]] || name=${word#*=}
    previous=$word
  done
  _vm_note creating "${operands[0]:-} $name"
}

# Notes a VM that was made, and what will tell it from a later one with its number.
_vm_note_machine() {
  local config='' identity='' vm_name
  [[ ! -r /etc/pve/qemu-server/$1.conf ]] || _vm_read_config "$1"
  _vm_identify "$config"
  [[ -z $identity ]] || _vm_note identity "$1 $identity"
  _vm_note vm "$1"
}

_vm_before_node_command() {
  printf '%s\0' "$@" >"$_VM_RUN/words.$BASHPID"
  [[ $verb != @(qm create|qm set) ]] || _vm_note_allocations import "$@"
  case $verb in
  "qm create")
    _vm_keep_customized
    # A configuration that is there already is not this command's.
    [[ -e /etc/pve/qemu-server/${operands[0]:-}.conf ]] || _vm_note_creation "$@"
    ;;
  "pvesm alloc") _vm_note alloc "${operands[0]:-}:${operands[2]:-}" ;;
  "qm disk import")
    _vm_keep_customized
    _vm_note import "${operands[2]:-}:${operands[0]:-}"
    ;;
  "qm sendkey") [[ -e $_VM_RUN/keys ]] || : >"$_VM_RUN/keys" ;;
  esac
}

# Notes volume $1 on the storage on which a command makes volumes. With two, it could be another's of the same name on the
# other one: then only what the command says at its end counts.
_vm_note_name() {
  local word volume=$1 new_disk='^(-[^=]*=)?([[:alpha:]][[:alnum:]._-]*):([0-9.]+|cloudinit)(,|$)'
  local -a storages=()
  case $verb in
  "pvesm alloc") storages=("${operands[0]:-}") ;;
  "qm disk import") storages=("${operands[2]:-}") ;;
  *)
    for word in "${@:3}"; do
      [[ $word =~ $new_disk && ${BASH_REMATCH[2]} != "${storages[0]:-}" ]] || continue
      storages+=("${BASH_REMATCH[2]}")
    done
    ;;
  esac
  ((${#storages[@]} != 1)) || _vm_note name "${storages[0]}:$volume"
}

# Notes the storages on which `qm create` and `qm set` make volumes, which not every storage names ($1: import), and that
# they came to their end (import-ended).
_vm_note_allocations() {
  local word new_disk='^(-[^=]*=)?([[:alpha:]][[:alnum:]._-]*):([0-9.]+|cloudinit)(,|$)'
  for word in "${@:3}"; do
    [[ ! $word =~ $new_disk ]] || _vm_note "$1" "${BASH_REMATCH[2]}:${operands[0]:-}"
  done
}

# Notes what a node command made. Status 1 when it failed and exited 0.
_vm_after_node_command() {
  # By a regex: a pattern like *@(…)* takes seconds for a long text.
  local trouble="rror|failed|nsufficient|unable|cannot|can't|not permitted|not supported|does not exist|is locked"
  local rest=$_vm_out$'\n'$_vm_err re="uccessfully (created|created disk|imported disk|imported disk as) '([^']+)'" volume=''
  [[ $_vm_status != 137 ]] || _vm_end_orphans
  if [[ $verb == "qm create" ]]; then
    if ((_vm_status == 0)); then
      _vm_note_machine "${operands[0]:-}"
    elif [[ $_vm_status != @(129|130|137|143) ]]; then
      _vm_note not-created "${operands[0]:-}"
    else
      # Killed, by the kernel when memory is short, it leaves the lock that it set, and a task that goes on for a moment.
      _vm_wait_for_worker "${operands[0]:-}"
    fi
  fi
  # Whose a name is, only the end of the command tells: taken already, never begun, or (ZFS) made and not seen in time.
  if [[ $verb == "pvesm alloc" && $_vm_status != @(129|130|137|143) ]]; then
    _vm_note alloc-ended "${operands[0]:-}:${operands[2]:-}"
    if ((_vm_status == 0)) || [[ $_vm_err == *"no zvol device link"* ]]; then
      _vm_note name "${operands[0]:-}:${operands[2]:-}"
    fi
  fi
  # What other commands print, a guest's answer or a description, may say anything.
  [[ $verb == @(qm create|qm set|qm disk import|pvesm alloc) ]] || rest=
  while [[ $rest =~ $re ]]; do
    volume=${BASH_REMATCH[2]%%,*}
    rest=${rest#*"${BASH_REMATCH[0]}"}
    _vm_note volume "${volume#unused[0-9]:}"
  done
  [[ $verb != @(qm create|qm set) || $_vm_status -ne 0 ]] || _vm_note_allocations import-ended "$@"
  # Finished and named: nothing is left to guess.
  if [[ $verb == "qm disk import" && -n $volume ]]; then _vm_note import-ended "${operands[2]:-}:${operands[0]:-}"; fi
  [[ $verb != @(qm create|qm set|qm disk import|pvesm alloc) ]] || rest=$_vm_out$'\n'$_vm_err
  # ZFS had made a volume when it did not see its device in time.
  while [[ $rest =~ (Logical volume \"([^\"]+)\" created|Formatting \'([^\']+)\'|no zvol device link for \'([^\']+)\') ]]; do
    volume=${BASH_REMATCH[2]:-${BASH_REMATCH[4]:-${BASH_REMATCH[3]##*/}}}
    rest=${rest#*"${BASH_REMATCH[0]}"}
    _vm_note_name "$volume" "$@"
  done
  # The script removed it itself: the number may be another's soon.
  [[ $verb != "qm destroy" && $verb != "pvesm free" ]] || _vm_forget_removed
  case $verb in
  "qm disk resize" | "pvesm free" | "qm destroy")
    # A disk that is larger than asked for is no failure: several scripts ask for less than their image has.
    [[ $_vm_err != *"shrinking disks is not supported"* ]] || return 0
    rest=${_vm_err//"Setting locale failed"/}
    [[ $_vm_status -ne 0 || ! $rest =~ $trouble ]]
    ;;
  esac
}
