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

# Tells the user that something is still there, and what removes it.
vm_leftover() {
  _vm_say "Still there: $1. Remove it with: $2"
}

# The same for a path. Arguments: KIND PATH COMMAND
vm_leftover_path() {
  local quoted
  printf -v quoted %q "$2"
  vm_leftover "$1 $2" "$3 $quoted"
}

# Whether the configuration of VM $1 has the line $2 now.
vm_config_has() {
  local config
  _vm_read_config "$1"
  # Snapshots come behind it.
  [[ $'\n'${config%%$'\n['*}$'\n' == *$'\n'"$2"$'\n'* ]]
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

# Whether the journal knows a volume: by its id, or by the name that the storage gave it.
_vm_owns_volume() {
  _vm_noted volume "$1" || _vm_noted name "${1%%:*}:${1##*[:/]}"
}

vm_owns_all_volumes() {
  local volume inactive
  local -a volumes
  _vm_list_volumes "$1" && ((inactive == 0)) || return 1
  for volume in "${volumes[@]}"; do
    _vm_owns_volume "$volume" && ! _vm_is_anothers_volume "$volume" || return 1
  done
}

# Whether VM $1 names a volume with its own number that the journal does not know, or that another guest uses by now. What
# is pending counts too: it goes with the VM.
vm_holds_foreign_volume() {
  local line config text volume
  _vm_read_config "$1"
  text=$config
  while IFS= read -r line; do
    [[ $line =~ ^(ide|sata|scsi|virtio|efidisk|tpmstate|unused)[0-9]+:\ ([^,:]+):([^,]+) ]] || continue
    volume=${BASH_REMATCH[2]}:${BASH_REMATCH[3]}
    [[ ${volume##*[:/]} =~ ^(vm|base)-"$1"- ]] || continue
    if _vm_is_anothers_volume "$volume"; then return 0; fi
    # A command that was cut off had no time to say what it made.
    _vm_owns_volume "$volume" || { _vm_is_open import "${volume%%:*}:$1" && _vm_is_new_volume "$volume"; } || return 0
  done <<<"$text"
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

# What tells a VM from a later one with the same number: when it was made, and its generation id. The result is in
# `identity`, and the VM's name in `vm_name`. Snapshots repeat both further down.
_vm_identify() {
  local line meta='' generation=''
  vm_name=''
  while IFS= read -r line; do
    case $line in
    "meta: "*) meta=${line#* } ;;
    "vmgenid: "*) generation=${line#* } ;;
    "name: "*) vm_name=${line#name: } ;;
    "["*) break ;;
    esac
  done <<<"$1"
  identity=$meta${generation:+ $generation}
}

# Whether the VM that has the number $1 now is the one that this run made. `config` holds its configuration.
_vm_is_ours() {
  local line identity vm_name proof='' known='' name='' creating=''
  while IFS= read -r line; do
    case $line in
    "vm"$'\t'"$1") proof=1 creating='' ;;
    "identity"$'\t'"$1 "*) known=${line#*$'\t'"$1 "} ;;
    "creating"$'\t'"$1 "*) creating=1 name=${line#*$'\t'"$1 "} ;;
    "not-created"$'\t'"$1") creating='' ;;
    esac
  done <"$_VM_RUN/journal"
  [[ -n $proof || -n $creating ]] || return 1
  _vm_read_config "$1"
  # `qm create` that was cut off: its configuration is still the lock that it set. Unless somebody is at work on it.
  if [[ -n $creating && $'\n'$config == *$'\nlock: create'* ]] && ! _vm_has_worker "$1"; then proof=1; fi
  _vm_identify "$config"
  [[ -n $proof ]] || return 1
  # On another node it is not the one that was made here, or no longer in this run's hands.
  if [[ -z $config ]]; then
    if _vm_has_config "$1"; then return 1; fi
    return 0
  fi
  if [[ -n $known ]]; then
    [[ $identity == "$known" ]]
  else
    [[ $vm_name == "$name" || (-n $creating && -z $vm_name) ]]
  fi
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

# Whether volume $1 belongs to a VM or container that is not ours: one that names it, whatever number stands in its name,
# or one that is just being made.
_vm_is_anothers_volume() {
  local file text number config=''
  for file in /etc/pve/{nodes/*/,}{qemu-server,lxc}/*.conf; do
    [[ -r $file ]] || continue
    IFS= read -r -d '' text <"$file" || true
    [[ $text$'\n' == *" $1"[,$'\n']* ]] || continue
    number=${file##*/}
    _vm_is_ours "${number%.conf}" || return 0
  done
  config=''
  [[ ${1##*[:/]} =~ ^(vm|base)-([0-9]+)- ]] || return 1
  ! _vm_is_ours "${BASH_REMATCH[2]}" || return 1
  [[ -n $config ]] || _vm_read_config "${BASH_REMATCH[2]}"
  # Of a run that is gone nobody knows how long ago it made it.
  [[ -z ${_VM_DEAD:-} || -z $config ]] || return 0
  [[ $'\n'$config == *$'\nlock: create'* || $config$'\n' == *" $1"[,$'\n']* ]]
}

# Whether file $1 is an ISO image that a guest of the cluster has in a drive.
_vm_is_guests_medium() {
  local file text
  [[ $1 == */template/iso/* ]] || return 1
  for file in /etc/pve/{nodes/*/,}qemu-server/*.conf; do
    [[ -r $file ]] || continue
    IFS= read -r -d '' text <"$file" || true
    [[ $text$'\n' != *":iso/${1##*/}"[,$'\n']* ]] || return 0
  done
  return 1
}

# The numbers of the VMs that this run made and that are still its own; the result is in the array `machines`.
_vm_own_machines() {
  local kind value config
  machines=()
  while IFS=$'\t' read -r kind value; do
    value=${value%% *}
    [[ $kind == @(vm|creating) && " ${machines[*]} " != *" $value "* ]] || continue
    if _vm_is_ours "$value"; then
      machines+=("$value")
    elif [[ $kind == vm ]] && vm_exists "$value"; then
      _vm_say "VM $value is not the one that this run made: it stays."
    fi
  done <"$_VM_RUN/journal"
}

# Removes what the journal lists, newest first, and looks whether it is gone. Status 1 when something is left. With
# $1 the section runs again: the second names of its downloads stay, and its directories that are not empty.
_vm_clean_up() {
  local machine line volume config kept_config='' kept_status=0 i
  local -a machines lines volumes
  local -A seen=()
  mapfile -t lines <"$_VM_RUN/journal"
  _vm_own_machines
  _vm_parse_captures
  for machine in "${machines[@]}"; do
    vm_remove_vm "$machine" && continue
    kept_status=1
    _vm_read_config "$machine"
    kept_config+=$config$'\n'
  done
  for ((i = ${#lines[@]} - 1; i >= 0; i--)); do
    line=${lines[i]#*$'\t'}
    [[ -z ${seen["${lines[i]}"]:-} ]] || continue
    seen["${lines[i]}"]=1
    case ${lines[i]} in
    volume$'\t'*) _vm_free "$line" || kept_status=1 ;;
    name$'\t'*) _vm_remove_named "$line" || kept_status=1 ;;
    import$'\t'*) _vm_look_after_import "$line" || kept_status=1 ;;
    alloc$'\t'*) _vm_look_after_allocation "$line" || kept_status=1 ;;
    file$'\t'* | work$'\t'*) _vm_remove_own_file "$line" || kept_status=1 ;;
    part$'\t'*) [[ -n ${1:-} ]] || vm_remove_file "$line" || kept_status=1 ;;
    esac
  done
  for ((i = ${#lines[@]} - 1; i >= 0; i--)); do
    line=${lines[i]#*$'\t'}
    [[ ${lines[i]} == directory$'\t'* && -d $line ]] || continue
    if [[ -n ${1:-} ]]; then
      command rmdir -- "$line" 2>/dev/null || true
    else
      vm_remove_directory "$line" || kept_status=1
    fi
  done
  return "$kept_status"
}

# Takes line $1 out of the journal. By way of a second file: a kill in between must not lose the rest.
_vm_forget() {
  local line
  local -a lines
  mapfile -t lines <"$_VM_RUN/journal"
  for line in "${lines[@]}"; do
    [[ $line == "$1" ]] || printf '%s\n' "$line"
  done >"$_VM_RUN/journal.new" && command mv -f -- "$_VM_RUN/journal.new" "$_VM_RUN/journal"
}

# Forgets what is gone. Its numbers and names are free again, and the next one who takes them may be somebody else.
# What could not be removed stays in the journal: an abort must not say later that everything was removed.
_vm_forget_removed() {
  local line file config number gone=' ' there=' '
  local -a lines named imported perhaps
  mapfile -t lines <"$_VM_RUN/journal"
  for line in "${lines[@]}"; do
    number=${line#*$'\t'}
    number=${number%% *}
    case $line in
    vm$'\t'* | creating$'\t'* | not-created$'\t'* | identity$'\t'*)
      if [[ $gone$there != *" $number "* ]]; then
        if _vm_is_ours "$number" && vm_exists "$number"; then there+="$number "; else gone+="$number "; fi
      fi
      [[ $gone != *" $number "* ]] || _vm_forget "$line"
      ;;
    volume$'\t'*)
      if _vm_is_anothers_volume "${line#*$'\t'}" || ! vm_volume_exists "${line#*$'\t'}"; then _vm_forget "$line"; fi
      ;;
    name$'\t'*)
      ! _vm_find_named "${line#*$'\t'}" || _vm_has_own "${named[@]}" || _vm_forget "$line"
      ;;
    import$'\t'*)
      ! _vm_find_imported "${line#*$'\t'}" || ((${#imported[@]} + ${#perhaps[@]} > 0)) || _vm_forget "$line"
      ;;
    alloc$'\t'* | alloc-ended$'\t'* | import-ended$'\t'*) _vm_forget "$line" ;;
    file$'\t'* | work$'\t'*)
      if ! vm_path_exists "${line#*$'\t'}" || _vm_is_guests_medium "${line#*$'\t'}" || _vm_is_anothers_file "${line#*$'\t'}"; then
        _vm_forget "$line"
      fi
      ;;
    esac
  done
  for file in "$_VM_RUN"/out.* "$_VM_RUN"/err.*; do
    [[ ! -s $file ]] || : >"$file"
  done
}

# What a killed command had already printed names volumes too.
_vm_parse_captures() {
  local file text found kind verb
  local -a words operands
  for file in "$_VM_RUN"/out.* "$_VM_RUN"/err.*; do
    [[ -s $file ]] || continue
    [[ -s $_VM_RUN/words.${file##*.} ]] || continue
    mapfile -t -d '' words <"$_VM_RUN/words.${file##*.}"
    _vm_kind "${words[@]}"
    [[ $verb == @(qm create|qm set|qm disk import|pvesm alloc) ]] || continue
    IFS= read -r -d '' text <"$file" || true
    while [[ $text =~ uccessfully\ (created|imported)(\ disk)?(\ as)?\ \'(unused[0-9]:)?([^\',]+) ]]; do
      lines+=("volume"$'\t'"${BASH_REMATCH[5]}")
      _vm_note volume "${BASH_REMATCH[5]}"
      text=${text#*"${BASH_REMATCH[0]}"}
    done
    IFS= read -r -d '' text <"$file" || true
    while [[ $text =~ (Logical volume \"([^\"]+)\" created|Formatting \'([^\']+)\') ]]; do
      found=${BASH_REMATCH[2]:-${BASH_REMATCH[3]##*/}}
      text=${text#*"${BASH_REMATCH[0]}"}
      _vm_note_name "$found" "${words[@]}"
    done
  done
  mapfile -t lines <"$_VM_RUN/journal"
}

# The volumes that storages list for STORAGE:NAME or :NAME; the result is in the array `named`. Status 1 when a storage
# can't say.
_vm_find_named() {
  local name=${1#*:} storage=${1%%:*} volume inactive
  local -a volumes
  named=()
  [[ ${name##*/} =~ ^(vm|base)-([0-9]+)- ]] || return 0
  _vm_list_volumes "${BASH_REMATCH[2]}" || return 1
  # A storage that is not active says nothing of what it holds.
  if ((inactive > 0)) && [[ -n $storage ]]; then
    command pvesm list "$storage" --vmid "${BASH_REMATCH[2]}" --content images >/dev/null 2>&1 || return 1
  fi
  for volume in "${volumes[@]}"; do
    [[ ${volume##*[:/]} != "${name##*/}" || (-n $storage && $volume != "$storage":*) ]] || named+=("$volume")
  done
}

# Whether one of these volumes is not another's.
_vm_has_own() {
  local volume
  for volume; do
    _vm_is_anothers_volume "$volume" || return 0
  done
  return 1
}

# Frees a volume of this run. Status 1 when it is still there.
_vm_free() {
  # A VM that could not be removed, because it is protected or can't be stopped, keeps its disks.
  [[ ${kept_config:-} != *" $1"[,$'\n']* ]] || return 1
  if _vm_is_anothers_volume "$1"; then
    _vm_say "Volume $1 belongs to another VM now: it stays."
    return 0
  fi
  vm_remove_volume "$1"
}

# Frees a volume known by STORAGE:NAME or :NAME.
_vm_remove_named() {
  local volume result=0
  local -a named
  _vm_find_named "$1" || {
    vm_leftover "perhaps a volume ${1#:}, a storage did not answer" "pvesm free STORAGE:${1#*:}"
    return 1
  }
  for volume in "${named[@]}"; do
    _vm_free "$volume" || result=1
  done
  return "$result"
}

# Whether something that was begun ($1: alloc or import, $2: which) did not come to its end, as far as the journal knows.
_vm_is_open() {
  local line open=''
  while IFS= read -r line; do
    case $line in
    "$1"$'\t'"$2") open=1 ;;
    "$1-ended"$'\t'"$2") open='' ;;
    esac
  done <"$_VM_RUN/journal"
  [[ -n $open ]]
}

# When $1 came into being, and when $2 was written to; the results are in `born` and `since`. Status 1 when one is not known.
_vm_read_times() {
  born=$(command stat -L -c %.9W -- "$1" 2>/dev/null) && since=$(command stat -c %.9Y -- "$2" 2>/dev/null) || return 1
  # 0: not known.
  [[ $born == [1-9]*[.,]* ]] || return 1
  born=${born/[.,]/} since=${since/[.,]/}
}

# Whether somebody put file $1 there since the attempt ended: it has the name of one of ours, and is none.
_vm_is_anothers_file() {
  local born since
  [[ -f $1 && -s $_VM_RUN/ended ]] && _vm_read_times "$1" "$_VM_RUN/ended" && ((born > since))
}

# Removes file $1 of this run. Status 1 when it is still there.
_vm_remove_own_file() {
  if _vm_is_guests_medium "$1"; then
    _vm_say "File $1 is in a drive of a guest: it stays."
  elif _vm_is_anothers_file "$1"; then
    _vm_say "File $1 was put there by somebody else: it stays."
  else
    vm_remove_file "$1"
  fi
}

# Whether volume $1 came into being since this attempt began. When it was written to says nothing: a guest of another
# cluster that uses the storage too writes all the time.
_vm_is_new_volume() {
  local path born since
  path=$(command pvesm path "$1" 2>/dev/null) && [[ -e $path && $path -nt $_VM_RUN/begun ]] || return 1
  _vm_read_times "$path" "$_VM_RUN/begun" && ((born >= since))
}

# The volumes that an import which was cut off may have left without anybody learning their names. $1: STORAGE:ID. The
# array `imported` gets those that came into being since this attempt began, `perhaps` those of which that can't be said.
# Status 1 when the storage can't say what it holds.
_vm_find_imported() {
  local volume config listed
  imported=() perhaps=()
  _vm_is_open import "$1" || return 0
  listed=$(command pvesm list "${1%%:*}" --vmid "${1#*:}" --content images 2>&1) || {
    [[ $listed == *"storage '${1%%:*}' does not exist"* ]]
    return
  }
  while read -r volume _; do
    [[ $volume == "${1%%:*}":* ]] || continue
    if _vm_owns_volume "$volume" || _vm_is_anothers_volume "$volume"; then continue; fi
    _vm_read_config "${1#*:}"
    [[ $config$'\n' != *" $volume"[,$'\n']* ]] || continue
    if _vm_is_new_volume "$volume"; then imported+=("$volume"); else perhaps+=("$volume"); fi
  done <<<"$listed"
}

# Frees what such an import left. Where that is not known, the user is told, and nothing is guessed.
_vm_look_after_import() {
  local volume result=0
  local -a imported perhaps
  ! vm_exists "${1#*:}" || return 0
  _vm_find_imported "$1" || {
    vm_leftover "perhaps a volume of VM ${1#*:} on ${1%%:*}, which did not answer" "pvesm list ${1%%:*} --vmid ${1#*:}, then pvesm free VOLUME"
    return 1
  }
  for volume in "${imported[@]}"; do
    _vm_free "$volume" || result=1
  done
  for volume in "${perhaps[@]}"; do
    vm_leftover "volume $volume" "pvesm free $volume"
    result=1
  done
  return "$result"
}

# Frees what an allocation that was cut off made. Whether it made the volume or found it there, nobody saw: only one that
# came into being since this attempt began is freed.
_vm_look_after_allocation() {
  local volume result=0
  local -a named=()
  _vm_is_open alloc "$1" || return 0
  _vm_find_named "$1" || named=("$1")
  for volume in "${named[@]}"; do
    if _vm_is_new_volume "$volume"; then
      _vm_free "$volume" || result=1
    else
      vm_leftover "perhaps volume $volume" "pvesm free $volume"
      result=1
    fi
  done
  return "$result"
}

# Removes what this run kept for itself: the journal, the scratch directory, second names of downloads, and $@.
_vm_close_run() {
  local kind value
  local -a parts=()
  _vm_holds_mount "$_VM_SCRATCH" || parts=("$_VM_SCRATCH")
  while IFS=$'\t' read -r kind value; do
    [[ $kind != part ]] || parts+=("$value")
  done <"$_VM_RUN/journal"
  command rm -rf -- "$_VM_RUN" "${parts[@]}" "$@"
}

# Ends the script: everything of ours but the log goes.
_vm_leave() {
  _vm_await_telemetry
  _vm_close_run
  trap - INT TERM HUP PIPE
  exit "$1"
}

# A VM with the number that the script chose: another's, or made in a way that could not be noted.
_vm_tell_unknown() {
  ! vm_exists "$VMID" || _vm_is_ours "$VMID" ||
    _vm_say "VM $VMID is there, but this run did not note making it: it stays. See qm config $VMID"
}

_vm_end_aborted() {
  local point
  _vm_say "Removing what this run created."
  if _vm_clean_up && ! _vm_find_mount "${_VM_SCRATCH##*/}"; then
    _vm_tell_unknown
    _vm_say "Everything this run created was removed. The log is $_VM_LOG"
  else
    _vm_say "Not everything could be removed; what is still there is named. The log is $_VM_LOG"
  fi
  [[ -z $_VM_SIGNAL ]] || _vm_end_by_signal
  _vm_leave "$status"
}

# Names the volumes that this run made, also where a command was cut off before it said so: the journal goes.
_vm_tell_volumes() {
  local kind value volume
  local -a lines named imported perhaps
  local -A told=()
  mapfile -t lines <"$_VM_RUN/journal"
  for value in "${lines[@]}"; do
    [[ $value != volume$'\t'* ]] || _vm_tell_volume "${value#*$'\t'}" ""
  done
  for value in "${lines[@]}"; do
    kind=${value%%$'\t'*} value=${value#*$'\t'} named=() imported=() perhaps=()
    case $kind in
    name) [[ -n ${told["${value%%:*}:${value##*[:/]}"]:-} ]] || _vm_find_named "$value" || perhaps=("$value") ;;
    alloc) ! _vm_is_open alloc "$value" || _vm_find_named "$value" || perhaps=("$value") ;;
    import) _vm_find_imported "$value" || _vm_say "  perhaps a volume of it on ${value%%:*}, which did not answer" ;;
    esac
    for volume in "${named[@]}" "${imported[@]}"; do
      if [[ $kind != alloc ]] || _vm_is_new_volume "$volume"; then _vm_tell_volume "$volume" ""; else perhaps+=("$volume"); fi
    done
    for volume in "${perhaps[@]}"; do _vm_tell_volume "$volume" "perhaps "; done
  done
}

_vm_tell_volume() {
  [[ -z ${told["${1%%:*}:${1##*[:/]}"]:-} ]] && ! _vm_is_anothers_volume "$1" || return 0
  told["${1%%:*}:${1##*[:/]}"]=1
  _vm_say "  ${2}its volume:  $1 (pvesm free $1)"
}

# Leaves the VM and says how to reach, inspect and remove it.
_vm_end_kept() {
  local line config machine
  local -a machines
  _vm_own_machines
  if [[ -n ${_VM_UNNOTED:-} ]] && vm_exists "$VMID"; then machines+=("$VMID"); fi
  for machine in "${machines[@]}"; do
    if vm_config_has "$machine" "lock: create"; then
      _vm_say "VM $machine is kept as it is, a lock and no more: making it was cut off."
      _vm_say "  remove it:   qm destroy $machine --skiplock 1 --purge 1"
      continue
    fi
    _vm_say "VM $machine is kept as it is."
    _vm_say "  look at it:  qm config $machine; qm status $machine"
    _vm_say "  start it:    qm start $machine"
    _vm_say "  its console: qm terminal $machine, or the web interface"
    _vm_say "  remove it:   qm stop $machine; qm destroy $machine --purge 1"
  done
  if ((${#machines[@]} == 0)); then
    _vm_say "No VM was created; nothing is removed."
    _vm_tell_unknown
  fi
  _vm_tell_volumes
  while IFS= read -r line; do
    [[ $line != work$'\t'* ]] || _vm_remove_own_file "${line#*$'\t'}" || true
  done <"$_VM_RUN/journal"
  _vm_say "The log is $_VM_LOG"
  _vm_leave "$status"
}
