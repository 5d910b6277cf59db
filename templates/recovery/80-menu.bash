# shellcheck shell=bash

# What failed, and with what status: the last command that did, else how the attempt ended.
_vm_describe_failure() {
  local -a _failed=()
  [[ ! -s $_VM_RUN/failed ]] || mapfile -t _failed <"$_VM_RUN/failed"
  # A dialog that was answered with No, and then something else.
  [[ ${_failed[1]:-} != whiptail || ${_failed[0]} == "$_status" ]] || _failed=()
  [[ -n ${_failed[0]:-} || ! -s $_VM_RUN/failed-line ]] || mapfile -t _failed <"$_VM_RUN/failed-line"
  _VM_FAILED_STATUS=${_failed[0]:-$_status}
  _VM_FAILED_COMMAND=${_failed[1]:-exit $_status}
  _vm_with_failure _vm_describe_to_telemetry "$_VM_FAILED_STATUS" "$_VM_LOG" "$_VM_FAILED_COMMAND"
}

# Asks what to do; the result is in `_choice`. VM_RECOVERY decides first, then a user at a terminal.
_vm_choose() {
  local _answer
  local -a _wanted
  if [[ ${VM_RECOVERY:-ask} == ask ]]; then
    _vm_await _vm_show_menu "$_status" "$((_attempt + 1))" || true
    _choice=$_answer
    [[ -n ${_VM_NOTICE:-} ]] || _vm_in_situation _vm_tell_failure
  else
    IFS=, read -ra _wanted <<<"$VM_RECOVERY"
    _choice=${_wanted[_VM_NEXT]:-keep}
    _VM_NEXT=$((_VM_NEXT + 1))
    _vm_is_offered "$_choice" || _choice=keep
    # Nobody is there to say yes, or to read.
    [[ $_choice != @(destroy-existing|free-volume|view-log) ]] || _choice=keep
    printf '# VM_RECOVERY: %s\n' "$_choice" >>"$_VM_LOG" || true
    _vm_in_situation _vm_tell_failure
    _vm_say "VM_RECOVERY decides: $_choice"
  fi
  [[ -n $_choice ]] || _choice=keep
}

# Says what failed: the menu is gone from the screen, and without a terminal there was none.
_vm_tell_failure() {
  local _text
  _vm_set_class
  _vm_set_reason
  _vm_plain "$_command"
  _vm_say "$_words Failed (exit code $_status): $_text"
  _vm_say "$_advice"
  [[ -z $_cause ]] || printf '# cause: %s, %s\n' "$_class" "$_cause" >>"$_VM_LOG" || true
}

# Sets the situation and calls $1 in it.
_vm_in_situation() {
  # shellcheck disable=SC2034 # the policy reads them
  local _retries_used=${_attempt:-0} _max_retries=${VM_RECOVERY_MAX_RETRIES:-2} _keys_sent=0 _first_boot=0
  [[ ! -e ${_VM_RUN:-}/keys ]] || _keys_sent=1
  _vm_profile "${NSAPP:-}" || _first_boot=0
  local -a _option_ids=() _option_words=()
  _vm_with_failure "$1" "${_VM_FAILED_STATUS:-0}" "${_VM_LOG:-${VM_ERROR_LOG:-}}" "${_VM_FAILED_COMMAND:-}"
}

# Sets class, reason, facts and options, and calls $@ with them.
_vm_judge() {
  local REPLY _best _other_storages=-1 _best_storage='' _best_free=0 _has_download=1 _has_vm=0 _disk_size=0 _disk_unit='' \
    _memory=0 _tool_memory=1280 _id_is_taken=0 _stray_volume='' _next_vmid='' _at_terminal=0
  _vm_set_class
  _vm_set_reason
  _vm_set_facts
  _vm_best_option
  _best=$REPLY
  _vm_set_options
  "$@"
}

# Sets the facts that decide which options can change anything. The node is asked where the class makes it necessary.
# shellcheck disable=SC2034 # the policy reads them
_vm_set_facts() {
  local _kind _value
  local -a _items
  local -A _types
  ! _vm_has_terminal || _at_terminal=1
  [[ ! ${RAM_SIZE:-} =~ ^[1-9][0-9]{0,8}$ ]] || _memory=$RAM_SIZE
  [[ ! ${LIBGUESTFS_MEMSIZE:-} =~ ^[1-9][0-9]{0,6}$ ]] || _tool_memory=$LIBGUESTFS_MEMSIZE
  [[ ! ${DISK_SIZE:-} =~ ^([1-9][0-9]{0,8})([A-Za-z]*)$ ]] || _disk_size=${BASH_REMATCH[1]} _disk_unit=${BASH_REMATCH[2]}
  if [[ -n ${_VM_RUN:-} ]]; then
    [[ -s $_VM_RUN/kept || -f ${CACHE_FILE:-/dev/null} ]] || _has_download=0
    while IFS=$'\t' read -r _kind _value; do
      case $_kind in
      vm) _has_vm=1 ;;
      file | part) [[ ! -s $_value ]] || _has_download=1 ;;
      *) ;;
      esac
    done <"$_VM_RUN/journal"
  fi
  case $_class in
  disk-import | storage-full | storage-missing) ! _vm_find_other_storages || _other_storages=${#_types[@]} ;;
  vmid-conflict)
    [[ -n ${VMID:-} ]] || return 0
    if _vm_exists "$VMID" && ! _vm_is_ours "$VMID"; then _id_is_taken=1; else _vm_find_stray_volume; fi
    _vm_find_next_vmid
    ;;
  *) ;;
  esac
}

# Adds option $1 with the words $2: the best one first. whiptail cuts off what is longer in a terminal of 60 columns.
_vm_add_option() {
  local _words=$2
  ((${#1} + ${#2} <= 53)) || _words=${2:0:50-${#1}}...
  if [[ $1 == "$_best" ]]; then
    _option_ids=("$1" "${_option_ids[@]}") _option_words=("$_words" "${_option_words[@]}")
  else
    _option_ids+=("$1") _option_words+=("$_words")
  fi
}

_vm_is_offered() {
  local _vm_wanted=$1
  _vm_in_situation _vm_find_wanted
}

_vm_find_wanted() {
  _vm_judge _vm_has_wanted
}

_vm_has_wanted() {
  [[ " ${_option_ids[*]} " == *" $_vm_wanted "* ]]
}

# Shows the menu and prints the chosen option. Arguments: EXIT_CODE ATTEMPT. Without an answer: keep.
vm_show_recovery_menu() {
  _vm_show_menu "$@"
}

# The same, by a name that no script has.
_vm_show_menu() {
  local _attempt=0 _VM_FAILED_STATUS=${_VM_FAILED_STATUS:-$1} _VM_EXIT_CODE=$1
  # Only numbers: arithmetic would run a $(…) in anything else.
  local _number='^(0|[1-9][0-9]{0,5})$' VM_RECOVERY_MAX_RETRIES=${VM_RECOVERY_MAX_RETRIES:-2} VM_RECOVERY_TIMEOUT=${VM_RECOVERY_TIMEOUT:-0}
  [[ ! ${2:-} =~ $_number || $2 == 0 ]] || _attempt=$(($2 - 1))
  [[ $VM_RECOVERY_MAX_RETRIES =~ $_number ]] || VM_RECOVERY_MAX_RETRIES=2
  [[ $VM_RECOVERY_TIMEOUT =~ $_number ]] || VM_RECOVERY_TIMEOUT=0
  _vm_in_situation _vm_ask
}

_vm_ask() {
  _vm_has_terminal || {
    printf 'keep\n'
    return
  }
  _vm_judge _vm_ask_judged
}

# The reason comes first, then the command, once, and what it said as far as there is room.
_vm_ask_judged() {
  local _answer _text _line _message _i _height=24 _width=80 _rows=0 _used _button=Exit
  local -a _items=() _shown=() _tail
  _vm_screen_size
  _vm_plain "$_command"
  _message="${_VM_NOTICE:+$_VM_NOTICE Choose again.$'\n\n'}$_words"$'\n'"$_advice"$'\n\n'"Exit code $_VM_EXIT_CODE: $_text"
  # Without a journal nobody knows what to remove, nor what there is to keep.
  [[ -z ${_VM_UNNOTED:-} ]] || _has_vm=1
  ((_has_vm == 0)) || _button='Keep VM'
  _vm_tell_left_out
  [[ -z ${_VM_LOG:-} ]] || _message+=$'\n'"Log: $_VM_LOG"
  ((${VM_RECOVERY_TIMEOUT:-0} == 0)) || _message+=$'\n'"Without an answer in $VM_RECOVERY_TIMEOUT seconds everything is kept."
  _vm_count_rows "$_message"
  _used=$((_rows + ${#_option_ids[@]} + 8))
  # The end of the log, as far as there is room: a box higher than the screen loses its title.
  mapfile -t _tail <<<"$_log"
  for ((_i = ${#_tail[@]} - 1; _i >= 0 && ${#_shown[@]} < 6; _i--)); do
    ! _vm_is_noise "${_tail[_i]}" || continue
    _vm_plain "${_tail[_i]}"
    # Nothing, or how far a download is.
    [[ $_text == *[!\ #0-9.%]* ]] || continue
    _rows=0
    _vm_count_rows "  $_text"
    _used=$((_used + _rows))
    # Of the last line at least the beginning.
    ((_used <= _height || (${#_shown[@]} == 0 && _used - _rows < _height))) || break
    _shown=("  $_text" "${_shown[@]}")
  done
  for _line in "${_shown[@]}"; do
    [[ $_line != "${_shown[0]}" ]] || _message+=$'\n'
    _message+=$'\n'$_line
  done
  for _i in "${!_option_ids[@]}"; do
    [[ -z ${_VM_UNNOTED:-} || ${_option_ids[_i]} != abort ]] || _option_words[_i]='Exit; nothing is removed'
    _items+=("${_option_ids[_i]}" "${_option_words[_i]}")
  done
  ((_used <= _height)) || _used=$_height
  while :; do
    _answer=$(_vm_prompt_choice "RECOVERY: ${NSAPP:+$NSAPP, }try $((_retries_used + 1)) of $((_max_retries + 1))" \
      "$_message" "$_used" "$_width" "${_items[@]}") || _answer=
    [[ $_answer == view-log ]] || break
    _vm_view_log || break
  done
  [[ -n $_answer && " ${_option_ids[*]} " == *" $_answer "* ]] || _answer=keep
  printf '%s\n' "$_answer"
}

# Says why an option is missing that one would expect.
_vm_tell_left_out() {
  [[ -z ${_VM_UNNOTED:-} ]] || return 0
  if ((_keys_sent == 1)); then
    _message+=$'\n'"Retry is not possible: the script has already typed commands into the VM."
  elif ((_retries_used >= _max_retries)); then
    _message+=$'\n'"You have used all retries."
  else
    [[ $_other_storages != 0 ]] || _message+=$'\n'"No other storage of this node takes VM disks."
    [[ $_class != storage-full || $_disk_size != 0 ]] || _message+=$'\n'"This script has a fixed disk size."
  fi
}

# Whether a line of the log says nothing about the failure.
_vm_is_noise() {
  case $1 in
  '== attempt '* | '(exit code '* | '# '* | '$ '* | 'transferred '* | *'WARNING: '*'thin '* | *'For thin pool auto extension'* | \
    *'Set activation/thin_pool_autoextend'* | 'importing disk '* | 'trying to acquire lock...' | ' OK' | *'Logical volume '*' created.') return 0 ;;
  *) return 1 ;;
  esac
}

# Shows the whole log, without control characters, and waits for the reader. Status 1 when that is not possible.
_vm_view_log() {
  local LC_ALL=C _line _file=${_VM_RUN:-}/view
  [[ -n ${_VM_RUN:-} && -r ${_VM_LOG:-} ]] || return 1
  command tail -c 65536 -- "$_VM_LOG" 2>/dev/null | while IFS= read -r _line; do printf '%s\n' "${_line//[^[:print:]]/ }"; done >"$_file"
  if _vm_has_whiptail; then
    _vm_dialog --title "RECOVERY: $_VM_LOG" --scrolltext --textbox "$_file" "$_height" "$_width" || true
  else
    command cat -- "$_file" >/dev/tty
  fi
  command rm -f -- "$_file"
}
