# shellcheck shell=bash

# Runs that were killed leave their journal: shows what it lists and offers to remove exactly that.
_vm_offer_dead_runs() {
  local _directory _pid _begun _left _default _tries
  for _directory in /run/vm-recovery/*/; do
    _directory=${_directory%/} _left='' _default=yes
    _vm_is_own_directory "$_directory" || continue
    IFS=. read -r _pid _begun _ <<<"${_directory##*/}"
    ! _vm_is_process "$_pid" "$_begun" || continue
    if [[ ! -f $_directory/journal ]]; then
      # Killed before it did anything.
      command rm -rf -- "$_directory" "${TMPDIR:-/tmp}/vm-recovery.${_directory##*/}"
      continue
    fi
    { read -r _pid _begun <"$_directory/attempt"; } 2>/dev/null || _pid=
    # What it began ends soon after it, mostly.
    for ((_tries = 0; _tries < 100; _tries++)); do
      _vm_is_process "$_pid" "$_begun" || break
      ((_tries > 0)) || _vm_say "An earlier run was killed; waiting for its last command (process $_pid) to end."
      command sleep 0.1
    done
    if _vm_is_process "$_pid" "$_begun"; then
      _vm_say "The last command of an interrupted run is still running (process $_pid). Run this script again once it has finished."
      continue
    fi
    _vm_say "An earlier run was killed and left:"
    if ! _vm_show_dead_run "$_directory"; then
      _vm_say "  nothing"
      command rm -rf -- "$_directory"
      continue
    fi
    if _vm_may_ask && (
      trap '' TSTP TTIN TTOU
      _vm_prompt_yes "RECOVERY: an earlier run" "Remove what the killed run left?" "$_default" "An earlier run was killed and left:"$'\n'"$_left"
    ); then
      _vm_remove_dead_run "$_directory"
    else
      _vm_say "Nothing was removed. To remove it, run this script again in a terminal. Its journal is $_directory/journal"
    fi
  done
}

# The last file that a run that is gone wrote in its directory; the result is in `_newest`.
_vm_find_newest() {
  local _file
  _newest=$_VM_RUN/journal
  for _file in "$_VM_RUN"/*; do
    [[ ! $_file -nt $_newest || $_file == *.new ]] || _newest=$_file
  done
}

# Whether file $1 was written to more than $3 seconds after file $2.
_vm_is_later() {
  local _times
  _times=$(command stat -c %Y -- "$1" "$2" 2>/dev/null) || return 1
  ((${_times%%[!0-9]*} > ${_times##*[!0-9]} + $3))
}

# Says what a run that is gone left, once; the lines are collected in `_left`.
_vm_tell_left() {
  local _text
  _vm_plain "$1"
  [[ $'\n'$_left$'\n' != *$'\n'"  $_text"$'\n'* ]] || return 0
  _left+="${_left:+$'\n'}  $_text"
  _vm_say "  $1"
}

# Shows what the journal of a run that is gone lists and is still there. Status 1 when that is nothing.
_vm_show_dead_run() {
  local _VM_RUN=$1 _VM_DEAD=1 _kind _value _shown=1 _newest _volume _config _shown_machines=' '
  local -a _named _imported _perhaps _lines
  local -A _seen=()
  _vm_parse_captures
  _vm_find_newest
  while IFS=$'\t' read -r _kind _value; do
    [[ -n $_value && -z ${_seen["$_kind $_value"]:-} ]] || continue
    _seen["$_kind $_value"]=1
    case $_kind in
    vm | creating) _vm_show_machine "${_value%% *}" "${_value#* * }" ;;
    volume) ! _vm_is_anothers_volume "$_value" && _vm_volume_exists "$_value" && _vm_tell_left "volume $_value" ;;
    name)
      _vm_find_named "$_value"
      for _volume in "${_named[@]}"; do _vm_is_anothers_volume "$_volume" || _vm_tell_left "volume $_volume"; done
      _vm_has_own "${_named[@]}"
      ;;
    import)
      _vm_find_imported "$_value" || _vm_tell_left "perhaps a volume of VM ${_value#*:} on ${_value%%:*}, which does not answer"
      for _volume in "${_imported[@]}"; do _vm_tell_left "volume $_volume"; done
      for _volume in "${_perhaps[@]}"; do
        _vm_tell_left "perhaps volume $_volume, which is not touched: see pvesm list ${_volume%%:*}"
      done
      ((${#_imported[@]} > 0))
      ;;
    alloc)
      _imported=() _named=()
      ! _vm_is_open alloc "$_value" || _vm_find_named "$_value" || _named=("$_value")
      for _volume in "${_named[@]}"; do
        if ! _vm_is_new_volume "$_volume"; then
          _vm_tell_left "perhaps volume $_volume, which is not touched: see pvesm list ${_value%%:*}"
        elif ! _vm_is_anothers_volume "$_volume"; then
          _imported+=("$_volume")
          _vm_tell_left "volume $_volume"
        fi
      done
      ((${#_imported[@]} > 0))
      ;;
    file | work | part) [[ -e $_value ]] && ! _vm_is_guests_medium "$_value" && ! _vm_is_anothers_file "$_value" && _vm_tell_left "file $_value" ;;
    scratch | temp | directory) [[ -d $_value ]] && _vm_tell_left "directory $_value" ;;
    *) false ;;
    esac && _shown=0
  done <"$1/journal"
  return "$_shown"
}

# Shows a VM of a run that is gone, once. Status 1 when there is none that is known to be its own.
_vm_show_machine() {
  local _identity _vm_name _state _config=''
  [[ $_shown_machines != *" $1 "* ]] || return 1
  if _vm_is_ours "$1"; then
    _state=$(command qm status "$1" 2>/dev/null) || return 1
    _shown_machines+="$1 "
    _vm_identify "$_config"
    # Somebody has finished it, and may use it.
    if [[ $_state != *stopped* || ($_kind == creating && $_vm_name != "$2" && -n $_vm_name) ]] || _vm_is_later "/etc/pve/qemu-server/$1.conf" "$_newest" 120; then
      _default=no
    fi
    _vm_tell_left "VM $1 ('$_vm_name', ${_state#status: })"
    return 0
  fi
  # Its `qm create` may have ended after the kill, with nobody there to note it.
  [[ $_kind == creating ]] || return 1
  _vm_identify "$_config"
  [[ -z $_config || $_vm_name != "$2" ]] ||
    _vm_tell_left "perhaps VM $1 ('$_vm_name'), which is not touched: see qm config $1"
  return 1
}

# Removes what a dead run's journal lists, then the journal, unless something of its own is left.
_vm_remove_dead_run() {
  local _VM_RUN=$1 _VM_DEAD=1 _VM_LOG=/dev/null _kind _value _left='' _newest
  local -a _imported _perhaps
  _vm_find_newest
  while IFS=$'\t' read -r _kind _value; do
    case $_kind in
    scratch | temp) ! _vm_is_own_directory "$_value" || _vm_holds_mount "$_value" || command rm -rf -- "$_value" ;;
    esac
  done <"$_VM_RUN/journal"
  _vm_clean_up || _vm_say "Not everything could be removed; see above."
  while IFS=$'\t' read -r _kind _value; do
    case $_kind in
    vm | creating | volume | name | file | work) _left=1 ;;
    import) _vm_find_imported "$_value" || _left=1 ;;
    esac
  done <"$_VM_RUN/journal"
  if [[ -n $_left ]]; then
    _vm_say "The journal of what is left is $_VM_RUN/journal"
  else
    command rm -rf -- "$_VM_RUN"
  fi
}
