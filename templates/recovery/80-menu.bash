# shellcheck shell=bash

# The end of a file, at most 16 KiB, in `log`. Bash can't seek: beyond 64 KiB `tail` is quicker by far, and without one
# lines are taken by the thousand.
_vm_read_log_tail() {
  local LC_ALL=C IFS=$'\n' i
  local -a lines=() more=()
  log=
  [[ -f $1 && -r $1 ]] || return 0
  IFS= read -r -N 65536 log <"$1" || true
  if ((${#log} == 65536)) && ! { log=$(command tail -c 16384 -- "$1"); } 2>/dev/null; then
    while mapfile -t -n 50000 more && ((${#more[@]} > 0)); do
      lines+=("${more[@]}")
      ((${#lines[@]} <= 400)) || lines=("${lines[@]: -400}")
    done <"$1"
    log="${lines[*]}"
  fi
  ((${#log} <= 16384)) || log=${log: -16384}
  [[ $'\n'$log == *$'\n== attempt '* ]] || return 0
  # What failed in an earlier attempt says nothing about this one. By lines: ${log##*…} tries every length.
  mapfile -t lines <<<"$log"
  for ((i = ${#lines[@]} - 1; i >= 0; i--)); do
    [[ ${lines[i]} != '== attempt '* ]] || break
  done
  log="${lines[*]:i}"
}

# Sets the variables of the policy from EXIT_CODE LOG_FILE COMMAND and calls $1.
_vm_with_failure() {
  local LC_ALL=C exit_code=0 command=${4:-} program log log_lower class
  [[ ! ${2:-} =~ ^[0-9]{1,5}$ ]] || exit_code=$((10#$2))
  program=${command%%[[:space:]]*}
  program=${program##*/}
  _vm_read_log_tail "${3:-}"
  # shellcheck disable=SC2034 # the policy reads it
  log_lower=${log,,}
  "$1"
}

_vm_print_class() {
  _vm_set_class
  printf '%s\n' "$class"
}

# Prints the class of a failure. Arguments: EXIT_CODE LOG_FILE COMMAND
vm_classify_error() {
  _vm_with_failure _vm_print_class "$@"
}

# What the failure was: `failed_command`, `failed_status`, and the log of that command alone in $_VM_RUN/failure-log.
_vm_describe_failure() {
  local -a failed=()
  [[ ! -s $_VM_RUN/failed ]] || mapfile -t failed <"$_VM_RUN/failed"
  [[ -n ${failed[0]:-} || ! -s $_VM_RUN/failed-line ]] || mapfile -t failed <"$_VM_RUN/failed-line"
  _VM_FAILED_STATUS=${failed[0]:-$status}
  _VM_FAILED_COMMAND=${failed[1]:-exit $status}
}

# Asks what to do; the result is in `choice`. VM_RECOVERY decides first, then a user at a terminal.
_vm_choose() {
  local -a wanted
  if [[ ${VM_RECOVERY:-ask} == ask ]]; then
    choice=$(vm_show_recovery_menu "$status" "$((attempt + 1))")
  else
    IFS=, read -ra wanted <<<"$VM_RECOVERY"
    choice=${wanted[_VM_NEXT]:-keep}
    _VM_NEXT=$((_VM_NEXT + 1))
    _vm_is_offered "$choice" || choice=keep
    # Nobody is there to say yes.
    [[ $choice != destroy-existing ]] || choice=keep
    printf '# VM_RECOVERY: %s\n' "$choice" >>"$_VM_LOG" || true
    local text words
    _vm_plain "$_VM_FAILED_COMMAND"
    _vm_say "Failed with exit code $status: $text. VM_RECOVERY decides: $choice"
  fi
  [[ -n $choice ]] || choice=keep
}

# Sets the situation and calls $1 in it.
_vm_in_situation() {
  # shellcheck disable=SC2034 # the policy reads them
  local retries_used=${attempt:-0} max_retries=${VM_RECOVERY_MAX_RETRIES:-2} keys_sent=0 first_boot=0 install
  [[ ! -e ${_VM_RUN:-}/keys ]] || keys_sent=1
  vm_profile "${NSAPP:-}" || first_boot=0
  local -a option_ids=() option_words=()
  _vm_with_failure "_vm_$1" "${_VM_FAILED_STATUS:-0}" "${_VM_LOG:-${VM_ERROR_LOG:-}}" "${_VM_FAILED_COMMAND:-}"
}

_vm_is_offered() {
  local _vm_wanted=$1
  _vm_in_situation find_wanted
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
  _vm_in_situation ask
}

_vm_ask() {
  local tty answer='' words text line message i height=24 width=80 used=7
  local -a items=() shown=() tail
  _vm_set_class
  _vm_class_words
  _vm_set_options
  { exec {tty}<>/dev/tty; } 2>/dev/null || {
    printf 'keep\n'
    return
  }
  # A background job that talks to the terminal must not be stopped by it.
  trap '' TSTP TTIN TTOU
  _vm_screen_size
  _vm_plain "$command"
  message="$words"$'\n\n'"Failed (exit code $_VM_EXIT_CODE): $text"
  mapfile -t tail <<<"$message"
  for line in "${tail[@]}"; do
    used=$((used + 1 + ${#line} / (width - 4)))
  done
  # The end of the log, as far as there is room: a box higher than the screen loses its title.
  mapfile -t tail <<<"$log"
  used=$((used + ${#option_ids[@]} + 1))
  for ((i = ${#tail[@]} - 1; i >= 0 && ${#shown[@]} < 9; i--)); do
    [[ ${tail[i]} != "== attempt "* && ${tail[i]} != "(exit code "* ]] || continue
    _vm_plain "${tail[i]}"
    [[ -n ${text// /} ]] || continue
    used=$((used + 1 + (${#text} + 2) / (width - 4)))
    ((used <= height)) || break
    shown=("  $text" "${shown[@]}")
  done
  for line in "${shown[@]}"; do
    [[ $line != "${shown[0]}" ]] || message+=$'\n'
    message+=$'\n'$line
  done
  for i in "${!option_ids[@]}"; do
    items+=("${option_ids[i]}" "${option_words[i]}")
  done
  if _vm_has_whiptail; then
    _vm_ask_with_whiptail
  else
    _vm_ask_with_numbers
  fi
  line=keep
  for i in "${option_ids[@]}"; do
    [[ $i != "$answer" ]] || line=$i
  done
  printf '%s\n' "$line"
}

# The terminal's size, in `height` and `width`, which is no more than reads well.
_vm_screen_size() {
  local size
  size=$(command stty size <&"$tty" 2>/dev/null) || return 0
  [[ $size =~ ^([1-9][0-9]*)\ ([1-9][0-9]*)$ ]] || return 0
  height=${BASH_REMATCH[1]} width=${BASH_REMATCH[2]}
  ((width <= 100)) || width=100
  ((width >= 40)) || width=40
}

# `type -P` also finds a file that can't be run.
_vm_has_whiptail() {
  local path
  path=$(type -P whiptail) && [[ -x $path ]]
}

_vm_ask_with_whiptail() {
  local rows=${#option_ids[@]} saved=''
  local -a limit=()
  ((used <= height)) || used=$height
  [[ ${VM_RECOVERY_TIMEOUT:-0} -eq 0 ]] || limit=(timeout --foreground "$VM_RECOVERY_TIMEOUT")
  saved=$(command stty -g <&"$tty" 2>/dev/null) || true
  answer=$(command "${limit[@]}" whiptail --title "RECOVERY" --default-item "${option_ids[0]}" \
    --menu "$message" "$used" "$width" "$rows" "${items[@]}" 3>&1 1>&"$tty" 2>&3 <&"$tty") || answer=keep
  [[ -z $saved ]] || command stty "$saved" <&"$tty" 2>/dev/null || true
}

_vm_ask_with_numbers() {
  local number
  local -a limit=()
  [[ ${VM_RECOVERY_TIMEOUT:-0} -eq 0 ]] || limit=(-t "$VM_RECOVERY_TIMEOUT")
  {
    printf '\n=== RECOVERY ===\n%s\n\n' "$message"
    for i in "${!option_ids[@]}"; do
      printf '%3s) %-18s %s\n' "$((i + 1))" "${option_ids[i]}" "${option_words[i]}"
    done
  } >&"$tty"
  while :; do
    printf 'Number (Enter: keep): ' >&"$tty"
    IFS= read -r "${limit[@]}" -u "$tty" number || number=
    if [[ -z $number ]]; then
      answer=keep
      return
    fi
    if [[ $number =~ ^[0-9]{1,2}$ ]] && ((10#$number >= 1 && 10#$number <= ${#option_ids[@]})); then
      answer=${option_ids[10#$number - 1]}
      return
    fi
  done
}
