# shellcheck shell=bash

# One attempt, in a subshell in the background: its variables, traps and `exit` are its own, and the shell that waits
# for it can act on a signal at once. $1: the section. $2 and $3: the script's own options and pipefail.
_vm_attempt() {
  local - _vm_section=$1 _vm_heard='' _vm_reached=''
  # These belong to the functions that called this one; the section must see the script's own of the same name.
  unset -v _name _status _choice _attempt _options _pipefail _kept _started _lines IFS
  _VM_ATTEMPT_PID=$BASHPID
  export TMPDIR=$_VM_SCRATCH
  trap - INT QUIT TERM HUP PIPE
  # No ERR trap: with one, bash starts a process more for each $(…) of the section.
  trap '_vm_attempt_ends "$?" "$BASH_COMMAND"' EXIT
  # Called in a condition (`vm_create_with_recovery FN || …`), bash would not end the section at its errors.
  trap '_vm_heard=1' ERR
  false
  trap - ERR
  _vm_stand_in_for_programs
  set "-e$2"
  [[ $3 != 1 ]] || set -o pipefail
  if [[ -n $_vm_heard ]]; then
    "$1"
    _vm_reached=1
  else
    # The handler of a trap is no part of the condition.
    trap '"$_vm_section"; trap - USR1; _vm_reached=1' USR1
    kill -USR1 "$BASHPID"
    [[ -n $_vm_reached ]] || return
  fi
  # Also where the section has an EXIT trap of its own, which then runs behind this.
  _vm_attempt_ends 0 _vm_attempt
}

# The command at which errexit ended it ($2, with status $1), where no program in our list failed, or where one failed and
# the section went on: a `return`, an `exit` or a test may be about that one, and anything else is not.
_vm_note_end() {
  local _text
  local -a _failed=()
  [[ $2 != @(return *|kill *|\"\$1\"|_vm_*) ]] || return 0
  [[ ! -s $_VM_RUN/failed ]] || mapfile -t _failed <"$_VM_RUN/failed"
  if ((${#_failed[@]} > 0)); then
    [[ ${_failed[3]} == "$BASHPID" && ${_failed[2]} != makes* ]] || return 0
    case $2 in
    exit* | false* | "test "* | "["* | "(("*) return 0 ;;
    esac
    : >"$_VM_RUN/failed"
  fi
  _vm_redact "${2%%$'\n'*}"
  printf '%s\n%s\n' "$1" "$_text" >"$_VM_RUN/failed-line"
}

# Hands back what the shell that waits needs: after success all variables, else what was told to telemetry and where
# the image is cached. Then, and not before, the attempt has reached its end.
_vm_attempt_ends() {
  local - _vm_name _vm_index
  [[ ! -e $_VM_RUN/end ]] || return 0
  trap '' INT TERM HUP
  set +aeEuCf
  trap - ERR
  _vm_note_end "$@"
  declare -F stop_spinner >/dev/null && stop_spinner 2>/dev/null
  if [[ -n $_vm_reached ]]; then
    compgen -v >"$_VM_RUN/names"
  else
    # Nothing of a failed attempt goes on beside the next one.
    for _vm_name in $(jobs -p); do _vm_end_tree "$_vm_name"; done
    printf '%s\n' POST_UPDATE_DONE POST_TO_API_DONE EXECUTION_ID CACHE_FILE >"$_VM_RUN/names"
  fi
  while IFS= read -r _vm_name; do
    case $_vm_name in
    BASH* | FUNCNAME | DIRSTACK | GROUPS | PPID | EUID | UID | SHELLOPTS | RANDOM | SRANDOM | SECONDS | EPOCH* | LINENO | PIPESTATUS | OPT* | COMP* | HIST* | _ | PWD | OLDPWD | TMPDIR | _VM_* | _vm_* | VM_ERROR_LOG) continue ;;
    esac
    local -n _vm_value=$_vm_name
    [[ ${_vm_value@a} != *[rn]* ]] || continue
    if [[ ${_vm_value@a} == *[aA]* ]]; then
      printf 'declare -g%s %s=(' "${_vm_value@a}" "$_vm_name"
      if [[ ${_vm_value@a} == *A* ]]; then
        printf '%s ' "${_vm_value[@]@K}"
      else
        for _vm_index in "${!_vm_value[@]}"; do printf '[%s]=%q ' "$_vm_index" "${_vm_value[_vm_index]}"; done
      fi
      printf ')\n'
    elif [[ -v $_vm_name ]]; then
      printf 'declare -g%s %s=%q\n' "${_vm_value@a}" "$_vm_name" "$_vm_value"
    fi
  done <"$_VM_RUN/names" >"$_VM_RUN/state"
  [[ -z $_vm_reached ]] || : >"$_VM_RUN/end"
}

# Creates a VM: runs the function $1 until it succeeds, the user keeps or aborts, or retries run out. Returns 0, or
# exits with what the script itself would have ended with.
vm_create_with_recovery() {
  if [[ ${VM_RECOVERY:-} == off ]]; then
    # Bash hides the script's ERR trap from functions: a failure is handed up to the line of the script that called, which
    # then ends as its own lines do.
    local _vm_status _vm_depth=${#FUNCNAME[@]}
    if [[ $- == *e* ]]; then
      local -
      set -E
      trap '_vm_status=$?; ((${#FUNCNAME[@]} > _vm_depth)) || trap - ERR; return "$_vm_status"' ERR
    fi
    "$@"
    trap - ERR
    return
  fi
  _vm_check_names || exit 2
  local - _options=${-//[!aCfu]/} _pipefail=0 IFS=$' \t\n'
  ! shopt -qo pipefail || _pipefail=1
  # Without these the script's own ERR trap does not reach into what follows.
  set +aeEuCfm +o pipefail
  # A locale that the node does not have is C, and bash would say so at each of our functions.
  if [[ -n ${LC_ALL:-} && -n $({ LC_ALL=$LC_ALL :; } 2>&1) ]]; then LC_ALL=C; fi
  _vm_recover "${1:-}"
}

_vm_recover() {
  local _attempt=0 _status _choice _VM_SIGNAL='' _VM_JOB='' _VM_TOLD='' _VM_TELLING='' _VM_FIRST_BOOT='' _VM_NEXT=0 _VM_CLASS=''
  _vm_check_input "$1" || exit 2
  _vm_offer_dead_runs
  _vm_open_run || exit 2
  _vm_take_signals
  while :; do
    _vm_run_attempt "$1"
    [[ ! -e $_VM_RUN/end ]] || break
    _vm_source_state
    ((_status != 0)) || _status=1
    [[ -z $_VM_SIGNAL ]] || _vm_end_by_signal
    # The script's last line may wait for its end.
    [[ ! -t 2 ]] || printf '\n' >&2
    _vm_describe_failure
    if [[ $_VM_CLASS == user-abort ]]; then
      _vm_tell_telemetry aborted "$_status"
    else
      _vm_tell_telemetry failed "$_status"
    fi
    _vm_decide
    _vm_clean_up again || true
    _vm_forget_removed
    _vm_roll_back_temp
    [[ -z $_VM_SIGNAL ]] || _vm_end_by_signal
    _attempt=$((_attempt + 1))
    _vm_begin_execution
  done
  _vm_source_state
  _vm_restore_traps
  _vm_tell_passed_over
  _vm_close_run "$_VM_LOG"
  VM_ERROR_LOG=
  # It came when everything was done: the script may hear it.
  [[ -z $_VM_SIGNAL ]] || kill "-$_VM_SIGNAL" "$BASHPID"
  return 0
}

# Asks until a choice can be carried out. Returns when the next attempt is prepared.
_vm_decide() {
  local _VM_NOTICE=''
  while :; do
    _vm_choose
    [[ -z $_VM_SIGNAL ]] || _vm_end_by_signal
    case $_choice in
    keep) _vm_end_kept ;;
    abort) _vm_end_aborted ;;
    esac
    _VM_NOTICE=
    if _vm_prepare "$_choice"; then return 0; fi
    [[ -z $_VM_SIGNAL ]] || _vm_end_by_signal
    # Whoever leaves a dialog without an answer keeps the VM: nothing is removed before.
    if [[ -z $_VM_NOTICE ]] || ! _vm_may_ask; then _vm_end_kept; fi
  done
}

# Runs the section once; the result is in `_status`, and $_VM_RUN/end exists if its end was reached.
_vm_run_attempt() {
  local _name _kept _started _VM_RETRIES=$_attempt
  local -a _lines
  : >>"$_VM_RUN/answers"
  : >"$_VM_RUN/asked"
  for _name in end ended failed failed-line swallowed passed-over keys customizing unused state; do
    [[ ! -e $_VM_RUN/$_name ]] || : >"$_VM_RUN/$_name"
  done
  # What an earlier attempt customized takes the place of doing it again, where there was one such image.
  : >"$_VM_RUN/reused"
  if [[ -s $_VM_RUN/customize-again ]]; then
    : >"$_VM_RUN/customize-again"
    [[ ! -e $_VM_RUN/kept ]] || mapfile -t _lines <"$_VM_RUN/kept"
    printf '%s\n' "${_lines[@]/#customized*/}" >"$_VM_RUN/kept"
  elif _vm_find_kept "customized ${DISK_SIZE:-}"; then
    printf 1 >"$_VM_RUN/reused"
  fi
  : >"$_VM_RUN/begun"
  printf '\n== attempt %s, %(%F %T)T\n' "$((_attempt + 1))" -1 >>"$_VM_LOG"
  : >"$_VM_RUN/recent"
  # A signal came before it began, while a record was sent.
  if [[ -n $_VM_SIGNAL ]]; then
    _status=$((128 + _VM_SIGNAL))
    return
  fi
  _vm_attempt "$1" "$_options" "$_pipefail" <&0 &
  ! _vm_process_start "$!" || printf '%s %s\n' "$!" "$_started" >"$_VM_RUN/attempt"
  _vm_wait_for "$!"
  [[ -e $_VM_RUN/end ]] || printf 1 >"$_VM_RUN/ended"
}

# Takes over the variables that the attempt handed back.
_vm_source_state() {
  # shellcheck source=/dev/null # written by _vm_attempt_ends
  [[ ! -s $_VM_RUN/state ]] || source "$_VM_RUN/state"
}
