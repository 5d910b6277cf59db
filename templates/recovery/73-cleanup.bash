# shellcheck shell=bash

# Tells the user that something is still there, why, and what removes it; once in a clean-up.
_vm_leftover() {
  [[ ${_VM_NAMED:-} != *"|$1|"* ]] || return 0
  _VM_NAMED+="|$1|"
  local _command=$2
  [[ ${_VM_REASON:-} != *"is locked ("* ]] || _command="qm unlock ${1#VM }, when its task has ended; $2"
  _vm_say "Still there: $1${_VM_REASON:+ ($_VM_REASON)}. Remove it with: $_command"
  _VM_REASON=
}

# The same for a path. Arguments: KIND PATH COMMAND
_vm_leftover_path() {
  local _quoted
  printf -v _quoted %q "$2"
  _vm_leftover "$1 $2" "$3 $_quoted"
}

# Removes what the journal lists, newest first, and looks whether it is gone. Status 1 when something is left. With
# $1 the section runs again: the second names of its downloads stay, and its directories that are not empty.
_vm_clean_up() {
  local _machine _line _volume _config _kept_config='' _kept_status=0 _i _VM_CACHED=1 _VM_NAMED='' _VM_REASON=''
  local -a _machines _lines _volumes
  local -A _seen=() _VM_LISTS=()
  [[ -z ${1:-} ]] || _vm_save_kept ""
  mapfile -t _lines <"$_VM_RUN/journal"
  _vm_own_machines
  _vm_parse_captures
  for _machine in "${_machines[@]}"; do
    _vm_say "Removing VM $_machine."
    _vm_remove_vm "$_machine" && continue
    _kept_status=1
    _vm_read_config "$_machine"
    _kept_config+=$_config$'\n'
  done
  for ((_i = ${#_lines[@]} - 1; _i >= 0; _i--)); do
    _line=${_lines[_i]#*$'\t'}
    [[ -z ${_seen["${_lines[_i]}"]:-} ]] || continue
    _seen["${_lines[_i]}"]=1
    case ${_lines[_i]} in
    volume$'\t'*) _vm_free "$_line" || _kept_status=1 ;;
    name$'\t'*) _vm_remove_named "$_line" || _kept_status=1 ;;
    import$'\t'*) _vm_look_after_import "$_line" || _kept_status=1 ;;
    alloc$'\t'*) _vm_look_after_allocation "$_line" || _kept_status=1 ;;
    file$'\t'* | work$'\t'*) _vm_remove_own_file "$_line" || _kept_status=1 ;;
    part$'\t'*) [[ -n ${1:-} ]] || _vm_remove_file "$_line" || _kept_status=1 ;;
    esac
  done
  for ((_i = ${#_lines[@]} - 1; _i >= 0; _i--)); do
    _line=${_lines[_i]#*$'\t'}
    [[ ${_lines[_i]} == directory$'\t'* && -d $_line ]] || continue
    if [[ -n ${1:-} ]]; then
      command rmdir -- "$_line" 2>/dev/null || true
    else
      _vm_remove_directory "$_line" || _kept_status=1
    fi
  done
  [[ -z ${1:-}${_VM_DEAD:-} ]] || _vm_forget_removed
  return "$_kept_status"
}

# Names volumes with the VM's number that came into being since this run began and are not in the journal: programs that
# nobody looks at make volumes too. Status 1 when there is one.
_vm_tell_new_volumes() {
  local _volume _inactive _told=0
  local -a _volumes
  if ! _vm_has_config "$VMID" && _vm_list_volumes "$VMID"; then
    for _volume in "${_volumes[@]}"; do
      _vm_is_new_volume "$_volume" "$_VM_RUN/traps" || continue
      _vm_leftover "volume $_volume, new since this run began" "pvesm free $_volume"
      _told=1
    done
  fi
  return "$_told"
}

# Removes file $1 of this run. Status 1 when it is still there.
_vm_remove_own_file() {
  if _vm_is_guests_medium "$1"; then
    _vm_say "File $1 is in a drive of a guest: it stays."
  elif _vm_is_anothers_file "$1"; then
    _vm_say "File $1 was put there by somebody else: it stays."
  else
    _vm_remove_file "$1"
  fi
}

# Frees a volume of this run. Status 1 when it is still there.
_vm_free() {
  # A VM that could not be removed, because it is protected or can't be stopped, keeps its disks.
  [[ ${_kept_config:-} != *" $1"[,$'\n']* ]] || return 1
  if _vm_is_anothers_volume "$1"; then
    _vm_say "Volume $1 belongs to another VM now: it stays."
    return 0
  fi
  _vm_remove_volume "$1"
}

# Frees a volume known by STORAGE:OWNER/NAME.
_vm_remove_named() {
  local _volume _result=0
  local -a _named
  _vm_find_named "$1" || {
    _vm_leftover "perhaps a volume ${1##*/} on ${1%%:*}, which did not answer" "pvesm list ${1%%:*}, then pvesm free VOLUME"
    return 1
  }
  for _volume in "${_named[@]}"; do
    _vm_free "$_volume" || _result=1
  done
  return "$_result"
}

# Takes line $1 out of the journal. By way of a second file, and only when that is whole: neither a kill in between nor a
# full /run may lose the rest.
_vm_forget() {
  local _line _text='' _written=''
  while IFS= read -r _line; do
    [[ $_line == "$1" ]] || _text+=$_line$'\n'
  done <"$_VM_RUN/journal"
  { printf '%s' "$_text" >"$_VM_RUN/journal.new"; } 2>/dev/null || return 0
  IFS= read -r -d '' _written <"$_VM_RUN/journal.new" || true
  [[ $_written != "$_text" ]] || command mv -f -- "$_VM_RUN/journal.new" "$_VM_RUN/journal"
}

# Forgets what is gone. Its numbers and names are free again, and the next one who takes them may be somebody else.
# What could not be removed stays in the journal: an abort must not say later that everything was removed.
_vm_forget_removed() {
  local _line _file _config _number _gone=' ' _there=' '
  local -a _lines _named _imported _perhaps
  mapfile -t _lines <"$_VM_RUN/journal"
  for _line in "${_lines[@]}"; do
    _number=${_line#*$'\t'}
    _number=${_number%% *}
    case $_line in
    vm$'\t'* | creating$'\t'* | not-created$'\t'* | identity$'\t'*)
      if [[ $_gone$_there != *" $_number "* ]]; then
        if _vm_is_ours "$_number" && _vm_exists "$_number"; then _there+="$_number "; else _gone+="$_number "; fi
      fi
      [[ $_gone != *" $_number "* ]] || _vm_forget "$_line"
      ;;
    volume$'\t'*)
      if _vm_is_anothers_volume "${_line#*$'\t'}" || ! _vm_volume_exists "${_line#*$'\t'}"; then _vm_forget "$_line"; fi
      ;;
    name$'\t'*)
      ! _vm_find_named "${_line#*$'\t'}" || _vm_has_own "${_named[@]}" || _vm_forget "$_line"
      ;;
    import$'\t'*)
      ! _vm_find_imported "${_line#*$'\t'}" || ((${#_imported[@]} + ${#_perhaps[@]} > 0)) || _vm_forget "$_line"
      ;;
    alloc$'\t'* | alloc-ended$'\t'* | import-ended$'\t'*) _vm_forget "$_line" ;;
    file$'\t'* | work$'\t'*)
      if ! _vm_path_exists "${_line#*$'\t'}" || _vm_is_guests_medium "${_line#*$'\t'}" || _vm_is_anothers_file "${_line#*$'\t'}"; then
        _vm_forget "$_line"
      fi
      ;;
    esac
  done
  for _file in "$_VM_RUN"/out.* "$_VM_RUN"/err.*; do
    [[ ! -s $_file ]] || : >"$_file"
  done
}

# The same outside of a clean-up.
_vm_forget_gone() {
  local _VM_CACHED=1
  local -A _VM_LISTS=()
  _vm_forget_removed
}
