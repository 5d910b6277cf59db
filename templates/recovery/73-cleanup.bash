# shellcheck shell=bash

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
