# shellcheck shell=bash

# The script's own handlers stop and destroy by number: only what this run made.
_vm_may_undo() {
  local _config _word
  local -a _words=("${_operands[0]:-}")
  if [[ $1 == pvesm ]]; then
    _vm_owns_volume "${_operands[0]:-}" && return 0
    printf '# not done, volume %s is not ours: %s\n' "${_operands[0]:-}" "$_verb" >>"$_VM_LOG" || true
    return 1
  fi
  # A flag in front may have swallowed the number; a value that is taken for one then only makes this stricter.
  [[ -n ${_words[0]} ]] || _words=("${@:3}")
  for _word in "${_words[@]}"; do
    [[ $_word =~ ^[1-9][0-9]{2,8}$ ]] || continue
    _vm_is_ours "$_word" && continue
    printf '# not done, VM %s is not ours: %s\n' "$_word" "$_verb" >>"$_VM_LOG" || true
    return 1
  done
}

# Notes a VM that is about to be made: its number and the name that it gets.
_vm_note_creation() {
  local _word _previous='' _name=''
  for _word; do
    [[ $_previous != -name && $_previous != --name ]] || _name=$_word
    [[ $_word != -name=* && $_word != --name=* ]] || _name=${_word#*=}
    _previous=$_word
  done
  _vm_note creating "${_operands[0]:-} $_name"
}

# Notes a VM that was made, and what will tell it from a later one with its number.
_vm_note_machine() {
  local _config='' _identity='' _vm_name
  [[ ! -r /etc/pve/qemu-server/$1.conf ]] || _vm_read_config "$1"
  _vm_identify "$_config"
  [[ -z $_identity ]] || _vm_note identity "$1 $_identity"
  _vm_note vm "$1"
}

_vm_before_node_command() {
  printf '%s\0' "$@" >"$_VM_RUN/words.$BASHPID"
  [[ $_verb != @(qm create|qm set) ]] || _vm_note_allocations import "$@"
  case $_verb in
  "qm create")
    _vm_keep_customized
    # A configuration that is there already is not this command's.
    [[ -e /etc/pve/qemu-server/${_operands[0]:-}.conf ]] || _vm_note_creation "$@"
    ;;
  "pvesm alloc") _vm_note alloc "${_operands[0]:-}:${_operands[2]:-}" ;;
  "qm disk import")
    _vm_keep_customized
    _vm_note import "${_operands[2]:-}:${_operands[0]:-}"
    ;;
  "qm sendkey") [[ -e $_VM_RUN/keys ]] || : >"$_VM_RUN/keys" ;;
  esac
}

# Notes volume $1 on the storage on which a command makes volumes. With two, it could be another's of the same name on the
# other one: then only what the command says at its end counts.
_vm_note_name() {
  local _word _volume=$1 _new_disk='^(-[^=]*=)?([[:alpha:]][[:alnum:]._-]*):([0-9.]+|cloudinit)(,|$)'
  local -a _storages=()
  case $_verb in
  "pvesm alloc") _storages=("${_operands[0]:-}") ;;
  "qm disk import") _storages=("${_operands[2]:-}") ;;
  *)
    for _word in "${@:3}"; do
      [[ $_word =~ $_new_disk && ${BASH_REMATCH[2]} != "${_storages[0]:-}" ]] || continue
      _storages+=("${BASH_REMATCH[2]}")
    done
    ;;
  esac
  ((${#_storages[@]} != 1)) || _vm_note name "${_storages[0]}:$_volume"
}

# Notes the storages on which `qm create` and `qm set` make volumes, which not every storage names ($1: import), and that
# they came to their end (import-ended).
_vm_note_allocations() {
  local _word _new_disk='^(-[^=]*=)?([[:alpha:]][[:alnum:]._-]*):([0-9.]+|cloudinit)(,|$)'
  for _word in "${@:3}"; do
    [[ ! $_word =~ $_new_disk ]] || _vm_note "$1" "${BASH_REMATCH[2]}:${_operands[0]:-}"
  done
}

# Notes what a node command made. Status 1 when it failed and exited 0.
_vm_after_node_command() {
  # By a regex: a pattern like *@(…)* takes seconds for a long text.
  local _trouble="rror|failed|nsufficient|unable|cannot|can't|not permitted|not supported|does not exist|is locked"
  local _rest=$_vm_out$'\n'$_vm_err _re="uccessfully (created|created disk|imported disk|imported disk as) '([^']+)'" _volume=''
  [[ $_vm_status != 137 ]] || _vm_end_orphans
  if [[ $_verb == "qm create" ]]; then
    if ((_vm_status == 0)); then
      _vm_note_machine "${_operands[0]:-}"
    elif [[ $_vm_status != @(129|130|137|143) ]]; then
      _vm_note not-created "${_operands[0]:-}"
    else
      # Killed, by the kernel when memory is short, it leaves the lock that it set, and a task that goes on for a moment.
      _vm_wait_for_worker "${_operands[0]:-}"
    fi
  fi
  # Whose a name is, only the end of the command tells: taken already, never begun, or (ZFS) made and not seen in time.
  if [[ $_verb == "pvesm alloc" && $_vm_status != @(129|130|137|143) ]]; then
    _vm_note alloc-ended "${_operands[0]:-}:${_operands[2]:-}"
    if ((_vm_status == 0)) || [[ $_vm_err == *"no zvol device link"* ]]; then
      _vm_note name "${_operands[0]:-}:${_operands[2]:-}"
    fi
  fi
  # What other commands print, a guest's answer or a description, may say anything.
  [[ $_verb == @(qm create|qm set|qm disk import|pvesm alloc) ]] || _rest=
  while [[ $_rest =~ $_re ]]; do
    _volume=${BASH_REMATCH[2]%%,*}
    _rest=${_rest#*"${BASH_REMATCH[0]}"}
    _vm_note volume "${_volume#unused[0-9]:}"
  done
  [[ $_verb != @(qm create|qm set) || $_vm_status -ne 0 ]] || _vm_note_allocations import-ended "$@"
  # Finished and named: nothing is left to guess.
  if [[ $_verb == "qm disk import" && -n $_volume ]]; then _vm_note import-ended "${_operands[2]:-}:${_operands[0]:-}"; fi
  [[ $_verb != @(qm create|qm set|qm disk import|pvesm alloc) ]] || _rest=$_vm_out$'\n'$_vm_err
  # ZFS had made a volume when it did not see its device in time.
  while [[ $_rest =~ (Logical volume \"([^\"]+)\" created|Formatting \'([^\']+)\'|no zvol device link for \'([^\']+)\') ]]; do
    _volume=${BASH_REMATCH[2]:-${BASH_REMATCH[4]:-${BASH_REMATCH[3]##*/}}}
    _rest=${_rest#*"${BASH_REMATCH[0]}"}
    _vm_note_name "$_volume" "$@"
  done
  # The script removed it itself: the number may be another's soon.
  [[ $_verb != "qm destroy" && $_verb != "pvesm free" ]] || _vm_forget_removed
  case $_verb in
  "qm disk resize" | "pvesm free" | "qm destroy")
    # A disk that is larger than asked for is no failure: several scripts ask for less than their image has.
    [[ $_vm_err != *"shrinking disks is not supported"* ]] || return 0
    _rest=${_vm_err//"Setting locale failed"/}
    [[ $_vm_status -ne 0 || ! $_rest =~ $_trouble ]]
    ;;
  esac
}
