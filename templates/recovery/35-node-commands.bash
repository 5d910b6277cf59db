# shellcheck shell=bash

# Scripts stop and destroy by number: only what this run made, or what nobody has. Status 1 when it must not be done.
_vm_may_undo() {
  local _config _word
  local -a _words=("${_operands[0]:-}")
  if [[ $1 == pvesm ]]; then
    _word=${_operands[0]:-}
    if _vm_owns_volume "$_word" || [[ ${_VM_EARLIER:-} == *$'\t'"$_word"$'\n'* ]]; then return 0; fi
    _vm_not_done "volume '$_word'"
    return 1
  fi
  # A flag in front may have swallowed the number; a value that is taken for one then only makes this stricter.
  [[ -n ${_words[0]} ]] || _words=("${@:3}")
  for _word in "${_words[@]}"; do
    [[ $_word =~ ^[1-9][0-9]{2,8}$ ]] || continue
    if _vm_is_ours "$_word" || _vm_is_earlier "$_word" || ! _vm_exists "$_word"; then continue; fi
    _vm_not_done "VM $_word"
    return 1
  done
}

# What is not done to $1, which exists and is another's. After a failure and in a trap the script only tidies up, and
# nobody looks at a status: the log says it. Elsewhere it is a failure, which must not look like success.
_vm_not_done() {
  printf '# not done, %s is not ours: %s\n' "$1" "$_verb" >>"$_VM_LOG" || true
  _vm_status=0 _vm_err=
  if [[ -s $_VM_RUN/failed ]] || ! _vm_is_no_trap "$BASH_COMMAND"; then return 1; fi
  _vm_status=1 _kind=other _vm_err="$1 already exists and was not made by this run: '$_verb' is not done."
  printf '%s\n' "$_vm_err" >&2
  return 1
}

# Called with "$BASH_COMMAND": in a trap that is the command at which it came.
_vm_is_no_trap() {
  [[ $1 == _vm_is_no_trap* ]]
}

# Whether VM $1 was made by an earlier section of this script, which ended well.
_vm_is_earlier() {
  local _config _identity _vm_name
  _vm_read_config "$1"
  _vm_identify "$_config"
  [[ -n $_identity && $'\n'${_VM_EARLIER:-} == *$'\n'"identity"$'\t'"$1 $_identity"$'\n'* ]]
}

# The number of the VM that a command makes; the result is in `_made`, empty for any other command.
_vm_find_made() {
  case $_verb in
  "qm create") _made=${_operands[0]:-} ;;
  "qm clone" | qmrestore) _made=${_operands[1]:-} ;;
  *) _made= ;;
  esac
}

# Notes a VM that is about to be made: its number, when, and the name that it gets.
_vm_note_creation() {
  local _word _previous='' _name=''
  for _word; do
    [[ $_previous != -name && $_previous != --name ]] || _name=$_word
    [[ $_word != -name=* && $_word != --name=* ]] || _name=${_word#*=}
    _previous=$_word
  done
  _vm_note creating "$_made $EPOCHSECONDS $_name"
}

# Notes the volumes of VM $1 that its configuration names now and did not name in $2.
_vm_note_volumes() {
  local _line _config _volume
  _vm_read_config "$1"
  while IFS= read -r _line; do
    if _vm_is_disk_of "$1" "$_line" && [[ $2$'\n' != *" $_volume"[,$'\n']* ]]; then _vm_note volume "$_volume"; fi
  done <<<"$_config"
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
  _vm_find_made
  # A configuration that is there already is not this command's.
  [[ -z $_made || -e /etc/pve/qemu-server/$_made.conf ]] || _vm_note_creation "$@"
  case $_verb in
  "qm create") _vm_keep_customized ;;
  "pvesm alloc") _vm_note alloc "$_allocated" ;;
  "qm disk import")
    _vm_keep_customized
    _vm_note import "${_operands[2]:-}:${_operands[0]:-}"
    ;;
  "qm sendkey") [[ -e $_VM_RUN/keys ]] || : >"$_VM_RUN/keys" ;;
  "qm template" | "qm disk move" | "qm set")
    # These change what tells this VM from others, or the names of its volumes.
    if [[ $_verb != "qm set" || "$*" == *vmgenid* ]] && _vm_is_ours "${_operands[0]:-}"; then _before=$_config; fi
    ;;
  esac
}

# Notes volume $1 of VM $2 on the storage on which a command, $3…, makes volumes. With two, it could be another's of the same
# name on the other one: then only what the command says at its end counts.
_vm_note_name() {
  local _word _volume=$2/$1 _new_disk='^(-[^=]*=)?([[:alpha:]][[:alnum:]._-]*):([0-9.]+|cloudinit)(,|$)'
  local -a _storages=()
  case $_verb in
  "pvesm alloc") _storages=("${_operands[0]:-}") ;;
  "qm disk import") _storages=("${_operands[2]:-}") ;;
  *)
    for _word in "${@:5}"; do
      [[ $_word =~ $_new_disk && ${BASH_REMATCH[2]} != "${_storages[0]:-}" ]] || continue
      _storages+=("${BASH_REMATCH[2]}")
    done
    ;;
  esac
  ((${#_storages[@]} != 1)) || _vm_note name "${_storages[0]}:$_volume"
}

# Notes the volumes that the output $1 of a command, $2…, says it made; the last one is in `_volume`. What it repeats of its
# own words is no news, and a volume of another VM is none of its.
_vm_note_output() {
  local _rest=$1 _word _owner _number=${_operands[0]:-}
  _volume=
  shift
  # What other commands print, a guest's answer or a description, may say anything.
  [[ $_verb == @(qm create|qm set|qm disk import|pvesm alloc) ]] || return 0
  [[ $_verb != "pvesm alloc" ]] || _number=${_operands[1]:-}
  for _word in "${@:3}"; do
    [[ $_word != *@(uccessfully|Logical|Formatting|zvol)\ * ]] || _rest=${_rest//"$_word"/}
  done
  # ZFS had made a volume when it did not see its device in time. By regexes: a pattern like *@(…)* takes seconds for a long
  # text.
  while [[ $_rest =~ uccessfully\ (created|imported)(\ disk)?(\ as)?\ \'(unused[0-9]+:)?([^\',]+)|Logical\ volume\ \"([^\"]+)\"\ created|Formatting\ \'([^\']+)\'|no\ zvol\ device\ link\ for\ \'([^\']+) ]]; do
    _rest=${_rest#*"${BASH_REMATCH[0]}"}
    _word=${BASH_REMATCH[6]}${BASH_REMATCH[7]##*/}${BASH_REMATCH[8]}
    if [[ -n $_word ]]; then
      _vm_note_name "$_word" "$_number" "$@"
      continue
    fi
    _word=${BASH_REMATCH[5]}
    _vm_find_owner "$_word"
    [[ $_owner == "$_number" ]] || continue
    _volume=$_word
    _vm_note volume "$_volume"
  done
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
  local _trouble="rror|failed|nsufficient|unable|cannot|can't|not permitted|not supported|does not exist|is locked"
  local _rest=$_vm_err _volume _made _cut=''
  # A worker that is killed alone leaves its qm alive.
  if [[ $_vm_status == @(129|130|137|143) || $_vm_err == *"got unexpected control message"* ]]; then _cut=1; fi
  [[ -z $_cut ]] || _vm_end_orphans "${_operands[0]:-}"
  _vm_find_made
  if [[ -n $_made ]]; then
    if ((_vm_status == 0)); then
      _vm_note_machine "$_made"
      [[ $_verb == "qm create" ]] || _vm_note_volumes "$_made" ''
    elif [[ -z $_cut ]]; then
      _vm_note not-created "$_made"
    else
      # Killed, by the kernel when memory is short, it leaves the lock that it set, and a task that goes on for a moment.
      _vm_wait_for_worker "$_made"
    fi
  elif [[ -n $_before && $_vm_status -eq 0 ]]; then
    _vm_note_machine "${_operands[0]}"
    [[ $_verb == "qm set" ]] || _vm_note_volumes "${_operands[0]}" "$_before"
  fi
  # Whose a name is, only the end of the command tells: taken already, never begun, or (ZFS) made and not seen in time.
  if [[ $_verb == "pvesm alloc" && -z $_cut ]]; then
    _vm_note alloc-ended "$_allocated"
    if ((_vm_status == 0)) || [[ $_vm_err == *"no zvol device link"* ]]; then _vm_note name "$_allocated"; fi
  fi
  _vm_note_output "$_vm_out"$'\n'"$_vm_err" "$@"
  [[ $_verb != @(qm create|qm set) || $_vm_status -ne 0 ]] || _vm_note_allocations import-ended "$@"
  # Finished and named: nothing is left to guess.
  if [[ $_verb == "qm disk import" && -n $_volume ]]; then _vm_note import-ended "${_operands[2]:-}:${_operands[0]:-}"; fi
  # The script removed it itself: the number may be another's soon.
  [[ $_verb != "qm destroy" && $_verb != "pvesm free" ]] || _vm_forget_gone
  _vm_hear_interrupt
  case $_verb in
  "qm disk resize" | "pvesm free" | "qm destroy")
    # A disk that is larger than asked for is no failure: several scripts ask for less than their image has.
    [[ $_vm_err != *"shrinking disks is not supported"* ]] || return 0
    _rest=${_rest//"Setting locale failed"/}
    [[ $_vm_status -ne 0 || ! $_rest =~ $_trouble ]]
    ;;
  esac
}

# At a terminal, Ctrl-C reaches only the worker of a node command: its group is the one in front. The run hears of it here.
_vm_hear_interrupt() {
  [[ $_vm_out$_vm_err =~ received\ interrupt|interrupted\ by\ unexpected\ signal ]] && { : <>/dev/tty; } 2>/dev/null || return 0
  kill -INT "$$"
  # The run ends what is at work, this too.
  command sleep 5
}
