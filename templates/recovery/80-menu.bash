# shellcheck shell=bash

# What failed, and with what status: the last command that did, else how the attempt ended.
_vm_describe_failure() {
  local -a failed=()
  [[ ! -s $_VM_RUN/failed ]] || mapfile -t failed <"$_VM_RUN/failed"
  # A dialog that was answered with No, and then something else.
  [[ ${failed[1]:-} != whiptail || ${failed[0]} == "$status" ]] || failed=()
  [[ -n ${failed[0]:-} || ! -s $_VM_RUN/failed-line ]] || mapfile -t failed <"$_VM_RUN/failed-line"
  _VM_FAILED_STATUS=${failed[0]:-$status}
  _VM_FAILED_COMMAND=${failed[1]:-exit $status}
  _vm_with_failure _vm_describe_to_telemetry "$_VM_FAILED_STATUS" "$_VM_LOG" "$_VM_FAILED_COMMAND"
}

# Asks what to do; the result is in `choice`. VM_RECOVERY decides first, then a user at a terminal.
_vm_choose() {
  local answer
  local -a wanted
  if [[ ${VM_RECOVERY:-ask} == ask ]]; then
    _vm_await vm_show_recovery_menu "$status" "$((attempt + 1))" || true
    choice=$answer
    [[ -n ${_VM_NOTICE:-} ]] || _vm_in_situation _vm_tell_failure
  else
    IFS=, read -ra wanted <<<"$VM_RECOVERY"
    choice=${wanted[_VM_NEXT]:-keep}
    _VM_NEXT=$((_VM_NEXT + 1))
    _vm_is_offered "$choice" || choice=keep
    # Nobody is there to say yes.
    [[ $choice != destroy-existing ]] || choice=keep
    printf '# VM_RECOVERY: %s\n' "$choice" >>"$_VM_LOG" || true
    _vm_in_situation _vm_tell_failure
    _vm_say "VM_RECOVERY decides: $choice"
  fi
  [[ -n $choice ]] || choice=keep
}

# Says what failed: the menu is gone from the screen, and without a terminal there was none.
_vm_tell_failure() {
  local text words
  _vm_set_class
  _vm_class_words
  _vm_plain "$command"
  _vm_say "$words Failed (exit code $status): $text"
}

# Sets the situation and calls $1 in it.
_vm_in_situation() {
  # shellcheck disable=SC2034 # the policy reads them
  local retries_used=${attempt:-0} max_retries=${VM_RECOVERY_MAX_RETRIES:-2} keys_sent=0 first_boot=0
  [[ ! -e ${_VM_RUN:-}/keys ]] || keys_sent=1
  vm_profile "${NSAPP:-}" || first_boot=0
  local -a option_ids=() option_words=()
  _vm_with_failure "$1" "${_VM_FAILED_STATUS:-0}" "${_VM_LOG:-${VM_ERROR_LOG:-}}" "${_VM_FAILED_COMMAND:-}"
}

_vm_is_offered() {
  local _vm_wanted=$1
  _vm_in_situation _vm_find_wanted
}

_vm_find_wanted() {
  local id
  _vm_set_class
  _vm_set_options
  for id in "${option_ids[@]}"; do
    [[ $id != "$_vm_wanted" ]] || return 0
  done
  return 1
}

# Shows the menu and prints the chosen option. Arguments: EXIT_CODE ATTEMPT. Without an answer: keep.
vm_show_recovery_menu() {
  local attempt=0 _VM_FAILED_STATUS=${_VM_FAILED_STATUS:-$1} _VM_EXIT_CODE=$1
  # Only numbers: arithmetic would run a $(…) in anything else.
  local number='^(0|[1-9][0-9]{0,5})$' VM_RECOVERY_MAX_RETRIES=${VM_RECOVERY_MAX_RETRIES:-2} VM_RECOVERY_TIMEOUT=${VM_RECOVERY_TIMEOUT:-0}
  [[ ! ${2:-} =~ $number || $2 == 0 ]] || attempt=$(($2 - 1))
  [[ $VM_RECOVERY_MAX_RETRIES =~ $number ]] || VM_RECOVERY_MAX_RETRIES=2
  [[ $VM_RECOVERY_TIMEOUT =~ $number ]] || VM_RECOVERY_TIMEOUT=0
  _vm_in_situation _vm_ask
}

_vm_ask() {
  local answer words text line message i height=24 width=80 rows=0 used
  local -a items=() shown=() tail
  _vm_set_class
  _vm_class_words
  _vm_set_options
  _vm_has_terminal || {
    printf 'keep\n'
    return
  }
  _vm_screen_size
  _vm_plain "$command"
  message="${_VM_NOTICE:+$_VM_NOTICE Choose again.$'\n\n'}$words"$'\n\n'"Failed (exit code $_VM_EXIT_CODE): $text"
  if [[ -z ${_VM_UNNOTED:-} && ${option_ids[*]} != *retry* ]]; then
    if ((keys_sent == 1)); then
      message+=$'\n'"What was typed into the guest can't be repeated: no retry."
    else
      message+=$'\n'"No retry is left."
    fi
  fi
  _vm_count_rows "$message"
  used=$((rows + ${#option_ids[@]} + 8))
  # The end of the log, as far as there is room: a box higher than the screen loses its title.
  mapfile -t tail <<<"$log"
  for ((i = ${#tail[@]} - 1; i >= 0 && ${#shown[@]} < 9; i--)); do
    [[ ${tail[i]} != "== attempt "* && ${tail[i]} != "(exit code "* && ${tail[i]} != "# "* ]] || continue
    _vm_plain "${tail[i]}"
    # Nothing, or how far a download is.
    [[ $text == *[!\ #0-9.%]* ]] || continue
    rows=0
    _vm_count_rows "  $text"
    used=$((used + rows))
    # Of the last line at least the beginning.
    ((used <= height || (${#shown[@]} == 0 && used - rows < height))) || break
    shown=("  $text" "${shown[@]}")
  done
  for line in "${shown[@]}"; do
    [[ $line != "${shown[0]}" ]] || message+=$'\n'
    message+=$'\n'$line
  done
  for i in "${!option_ids[@]}"; do
    # Without a journal nobody knows what to remove.
    [[ -z ${_VM_UNNOTED:-} || ${option_ids[i]} != abort ]] || option_words[i]='Exit; nothing is removed'
    items+=("${option_ids[i]}" "${option_words[i]}")
  done
  ((used <= height)) || used=$height
  answer=$(_vm_prompt_choice RECOVERY "$message" "$used" "$width" "${items[@]}") || answer=
  line=keep
  for i in "${option_ids[@]}"; do
    [[ $i != "$answer" ]] || line=$i
  done
  printf '%s\n' "$line"
}
