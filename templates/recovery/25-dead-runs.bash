# shellcheck shell=bash

# Runs that were killed leave their journal: shows what it lists and offers to remove exactly that.
_vm_offer_dead_runs() {
  local directory pid begun left
  for directory in /run/vm-recovery/*/; do
    directory=${directory%/} left=
    _vm_is_own_directory "$directory" || continue
    IFS=. read -r pid begun _ <<<"${directory##*/}"
    ! _vm_is_process "$pid" "$begun" || continue
    if [[ ! -f $directory/journal ]]; then
      # Killed before it did anything.
      command rm -rf -- "$directory" "${TMPDIR:-/tmp}/vm-recovery.${directory##*/}"
      continue
    fi
    { read -r pid begun <"$directory/attempt"; } 2>/dev/null || pid=
    if _vm_is_process "$pid" "$begun"; then
      _vm_say "An earlier run was killed, and its last command is still at work (process $pid); the next run looks after it."
      continue
    fi
    _vm_say "An earlier run was killed and left:"
    if ! _vm_show_dead_run "$directory"; then
      _vm_say "  nothing"
      command rm -rf -- "$directory"
      continue
    fi
    if _vm_may_ask && (
      trap '' TSTP TTIN TTOU
      _vm_prompt_yes "RECOVERY: an earlier run" "Remove what the killed run left?" yes "An earlier run was killed and left:"$'\n'"$left"
    ); then
      _vm_remove_dead_run "$directory"
    else
      _vm_say "It is left as it is; its journal is $directory/journal"
    fi
  done
}

# Says what a run that is gone left, once; the lines are collected in `left`.
_vm_tell_left() {
  local text
  _vm_plain "$1"
  [[ $'\n'$left$'\n' != *$'\n'"  $text"$'\n'* ]] || return 0
  left+="${left:+$'\n'}  $text"
  _vm_say "  $1"
}

# Shows what the journal of a run that is gone lists and is still there. Status 1 when that is nothing.
_vm_show_dead_run() {
  local _VM_RUN=$1 _VM_DEAD=1 kind value shown=1 volume config shown_machines=' '
  local -a named imported perhaps lines
  local -A seen=()
  _vm_parse_captures
  while IFS=$'\t' read -r kind value; do
    [[ -n $value && -z ${seen["$kind $value"]:-} ]] || continue
    seen["$kind $value"]=1
    case $kind in
    vm | creating) _vm_show_machine "${value%% *}" "${value#* }" ;;
    volume) ! _vm_is_anothers_volume "$value" && vm_volume_exists "$value" && _vm_tell_left "volume $value" ;;
    name)
      _vm_find_named "$value"
      for volume in "${named[@]}"; do _vm_is_anothers_volume "$volume" || _vm_tell_left "volume $volume"; done
      _vm_has_own "${named[@]}"
      ;;
    import)
      _vm_find_imported "$value" || _vm_tell_left "perhaps a volume of VM ${value#*:} on ${value%%:*}, which does not answer"
      for volume in "${imported[@]}"; do _vm_tell_left "volume $volume"; done
      for volume in "${perhaps[@]}"; do
        _vm_tell_left "perhaps volume $volume, which is not touched: see pvesm list ${volume%%:*}"
      done
      ((${#imported[@]} > 0))
      ;;
    alloc)
      imported=() named=()
      ! _vm_is_open alloc "$value" || _vm_find_named "$value" || named=("$value")
      for volume in "${named[@]}"; do
        if ! _vm_is_new_volume "$volume"; then
          _vm_tell_left "perhaps volume $volume, which is not touched: see pvesm list ${value%%:*}"
        elif ! _vm_is_anothers_volume "$volume"; then
          imported+=("$volume")
          _vm_tell_left "volume $volume"
        fi
      done
      ((${#imported[@]} > 0))
      ;;
    file | work | part) [[ -e $value ]] && ! _vm_is_guests_medium "$value" && _vm_tell_left "file $value" ;;
    scratch | temp | directory) [[ -d $value ]] && _vm_tell_left "directory $value" ;;
    *) false ;;
    esac && shown=0
  done <"$1/journal"
  return "$shown"
}

# Shows a VM of a run that is gone, once. Status 1 when there is none that is known to be its own.
_vm_show_machine() {
  local identity vm_name
  [[ $shown_machines != *" $1 "* ]] || return 1
  if _vm_is_ours "$1"; then
    vm_exists "$1" || return 1
    shown_machines+="$1 "
    _vm_tell_left "VM $1"
    return 0
  fi
  # Its `qm create` may have ended after the kill, with nobody there to note it.
  [[ $kind == creating ]] || return 1
  _vm_identify "$config"
  [[ -z $config || $vm_name != "$2" ]] ||
    _vm_tell_left "perhaps VM $1 ('$vm_name'), which is not touched: see qm config $1"
  return 1
}

# Removes what a dead run's journal lists, then the journal, unless something of its own is left.
_vm_remove_dead_run() {
  local _VM_RUN=$1 _VM_DEAD=1 _VM_LOG=/dev/null kind value left=''
  local -a imported perhaps
  while IFS=$'\t' read -r kind value; do
    case $kind in
    scratch | temp) ! _vm_is_own_directory "$value" || _vm_holds_mount "$value" || command rm -rf -- "$value" ;;
    esac
  done <"$_VM_RUN/journal"
  _vm_clean_up || _vm_say "Not everything could be removed; see above."
  _vm_forget_removed
  while IFS=$'\t' read -r kind value; do
    case $kind in
    vm | creating | volume | name | file | work) left=1 ;;
    import) _vm_find_imported "$value" || left=1 ;;
    esac
  done <"$_VM_RUN/journal"
  if [[ -n $left ]]; then
    _vm_say "The journal of what is left is $_VM_RUN/journal"
  else
    command rm -rf -- "$_VM_RUN"
  fi
}
