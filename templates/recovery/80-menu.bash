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
    # Nobody is there to say yes.
    [[ $_choice != destroy-existing ]] || _choice=keep
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

_vm_is_offered() {
  local _vm_wanted=$1
  _vm_in_situation _vm_find_wanted
}

_vm_find_wanted() {
  local _id
  _vm_set_class
  _vm_set_options
  for _id in "${_option_ids[@]}"; do
    [[ $_id != "$_vm_wanted" ]] || return 0
  done
  return 1
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
  local _answer _text _line _message _i _height=24 _width=80 _rows=0 _used
  local -a _items=() _shown=() _tail
  _vm_set_class
  _vm_set_reason
  _vm_set_options
  _vm_has_terminal || {
    printf 'keep\n'
    return
  }
  _vm_screen_size
  _vm_plain "$_command"
  _message="${_VM_NOTICE:+$_VM_NOTICE Choose again.$'\n\n'}$_words"$'\n'"$_advice"$'\n\n'"Failed (exit code $_VM_EXIT_CODE): $_text"
  if [[ -z ${_VM_UNNOTED:-} && ${_option_ids[*]} != *retry* ]]; then
    if ((_keys_sent == 1)); then
      _message+=$'\n'"What was typed into the guest can't be repeated: no retry."
    else
      _message+=$'\n'"No retry is left."
    fi
  fi
  _vm_count_rows "$_message"
  _used=$((_rows + ${#_option_ids[@]} + 8))
  # The end of the log, as far as there is room: a box higher than the screen loses its title.
  mapfile -t _tail <<<"$_log"
  for ((_i = ${#_tail[@]} - 1; _i >= 0 && ${#_shown[@]} < 9; _i--)); do
    [[ ${_tail[_i]} != "== attempt "* && ${_tail[_i]} != "(exit code "* && ${_tail[_i]} != "# "* ]] || continue
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
    # Without a journal nobody knows what to remove.
    [[ -z ${_VM_UNNOTED:-} || ${_option_ids[_i]} != abort ]] || _option_words[_i]='Exit; nothing is removed'
    _items+=("${_option_ids[_i]}" "${_option_words[_i]}")
  done
  ((_used <= _height)) || _used=$_height
  _answer=$(_vm_prompt_choice RECOVERY "$_message" "$_used" "$_width" "${_items[@]}") || _answer=
  _line=keep
  for _i in "${_option_ids[@]}"; do
    [[ $_i != "$_answer" ]] || _line=$_i
  done
  printf '%s\n' "$_line"
}
