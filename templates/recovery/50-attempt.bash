# shellcheck shell=bash

# One attempt, in a subshell in the background: its variables, traps and `exit` are its own, and the shell that waits
# for it can act on a signal at once. $1: the section. $2 and $3: the script's own options and pipefail.
_vm_attempt() {
  local - _vm_section=$1 _vm_heard='' _vm_reached=''
  # These belong to the functions that called this one; the section must see the script's own of the same name.
  unset -v _name _status _choice _attempt _options _pipefail _kept _started
  IFS=$_VM_IFS
  _VM_ATTEMPT_PID=$BASHPID
  # libguestfs keeps its appliance in the one, for years, and its work in the other.
  [[ -v LIBGUESTFS_CACHEDIR ]] || export LIBGUESTFS_CACHEDIR=${TMPDIR:-/var/tmp}
  export TMPDIR=$_VM_SCRATCH
  declare -f >"$_VM_RUN/functions"
  _VM_STAND_INS+=' read'
  eval 'read() { _vm_read "$@"; }'
  # Not for the script's earlier jobs, which are no children of this shell.
  if [[ -s $_VM_RUN/jobs ]]; then
    _VM_STAND_INS+=' wait'
    eval 'wait() { _vm_wait_for_job "$@"; }'
  fi
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
  _vm_redact_script_line "${2%%$'\n'*}"
  printf '%s\n%s\n' "$1" "$_text" >"$_VM_RUN/failed-line"
}

# Hands back what the shell that waits needs: after success all that the section can have set, else what was told to telemetry
# and where the image is cached. Then, and not before, the attempt has reached its end.
_vm_attempt_ends() {
  local - _vm_name _vm_index
  [[ ! -e $_VM_RUN/end ]] || return 0
  _vm_name=${-//[!aCfu]/}
  set +aeEuCf
  printf 1 >"$_VM_RUN/trapped"
  # The script's own decision, where nothing failed.
  if [[ "$1 $2" == "0 exit 0" && ! -s $_VM_RUN/failed ]]; then _vm_reached='exit'; fi
  if [[ -n $_vm_reached ]]; then
    {
      printf 'set +aCfu%s\n' "${_vm_name:+ -$_vm_name}"
      umask -p
    } >"$_VM_RUN/place"
    trap -p >"$_VM_RUN/section-traps"
    trap - EXIT
  fi
  trap '' INT TERM HUP
  trap - ERR
  _vm_note_end "$@"
  declare -F stop_spinner >/dev/null && stop_spinner 2>/dev/null
  _vm_hand_back_place
  if [[ -n $_vm_reached ]]; then
    compgen -v >"$_VM_RUN/names"
    _vm_hand_back_functions
    _vm_hand_back_files
  else
    # Nothing of a failed attempt goes on beside the next one.
    for _vm_name in $(jobs -p); do _vm_end_tree "$_vm_name"; done
    printf '%s\n' POST_UPDATE_DONE POST_TO_API_DONE EXECUTION_ID CACHE_FILE >"$_VM_RUN/names"
  fi
  while IFS= read -r _vm_name; do
    case $_vm_name in
    BASH* | FUNCNAME | DIRSTACK | GROUPS | PPID | EUID | UID | SHELLOPTS | RANDOM | SRANDOM | SECONDS | EPOCH* | LINENO | PIPESTATUS | OPT* | COMP* | HIST* | _ | PWD | OLDPWD | TMPDIR | LIBGUESTFS_CACHEDIR | _VM_* | _vm_* | VM_ERROR_LOG) continue ;;
    esac
    local -n _vm_value=$_vm_name
    [[ ${_vm_value@a} != *n* ]] || continue
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
  done <"$_VM_RUN/names" >>"$_VM_RUN/state"
  [[ -z $_vm_reached ]] || printf '%s\n' "$_vm_reached" >"$_VM_RUN/end"
}

# Hands back the directory, and the stack of them.
_vm_hand_back_place() {
  local _vm_index
  local -a _vm_stack
  dirs -l -p >"$_VM_RUN/dirs"
  mapfile -t _vm_stack <"$_VM_RUN/dirs"
  {
    echo 'dirs -c'
    for ((_vm_index = ${#_vm_stack[@]} - 1; _vm_index > 0; _vm_index--)); do
      printf 'builtin pushd -n -- %q\n' "${_vm_stack[_vm_index]}"
    done
    printf 'builtin cd -- %q\n' "${_vm_stack[0]}"
    [[ ! -v OLDPWD ]] || printf 'OLDPWD=%q\n' "$OLDPWD"
  } >>"$_VM_RUN/place"
}

# Hands back functions and options of the shell, where the section changed any.
_vm_hand_back_functions() {
  local IFS=" " _vm_before _vm_after
  # shellcheck disable=SC2086 # names
  unset -f $_VM_STAND_INS
  IFS= read -r -d '' _vm_before <"$_VM_RUN/functions" || true
  declare -f >"$_VM_RUN/functions"
  IFS= read -r -d '' _vm_after <"$_VM_RUN/functions" || true
  shopt -p >"$_VM_RUN/state"
  [[ $_vm_before == "$_vm_after" ]] || printf '%s\n' "$_vm_after" >>"$_VM_RUN/state"
}

# Hands back the files that the section opened, by way of a process that has them open until then.
_vm_hand_back_files() {
  local _vm_file _vm_flags _vm_holder=''
  for _vm_file in "/proc/$BASHPID/fd"/*; do
    [[ ${_vm_file##*/} -gt 2 && ! $_vm_file -ef /proc/$$/fd/${_vm_file##*/} ]] || continue
    { read -r && read -r _ _vm_flags; } <"${_vm_file/fd/fdinfo}" || continue
    # Bash's own are closed for programs.
    (((8#$_vm_flags & 8#2000000) == 0)) || continue
    [[ -n $_vm_holder ]] || {
      command sleep 10 &
      _vm_holder=$!
    }
    case $((8#$_vm_flags & 3)) in
    0) _vm_flags='<' ;;
    1) _vm_flags='>>' ;;
    *) _vm_flags='<>' ;;
    esac
    printf 'exec %s%s/proc/%s/fd/%s\n' "${_vm_file##*/}" "$_vm_flags" "$_vm_holder" "${_vm_file##*/}" >>"$_VM_RUN/state"
  done 2>/dev/null
  [[ -z $_vm_holder ]] || printf 'kill %s\n' "$_vm_holder" >>"$_VM_RUN/state"
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
  local _VM_PLACE='' _VM_IFS=${IFS-$' \t\n'}
  _vm_create "$@"
  # Behind the end of its `local -`.
  eval "$_VM_PLACE" >/dev/null 2>&1 || true
}

_vm_create() {
  local - _options=${-//[!aCfu]/} _pipefail=0 IFS=$' \t\n'
  ! shopt -qo pipefail || _pipefail=1
  # Without these the script's own ERR trap does not reach into what follows.
  set +aeEuCfm +o pipefail
  # A locale that the node does not have is C, and bash would say so at each of our functions.
  if [[ -n ${LC_ALL:-} && -n $({ LC_ALL=$LC_ALL :; } 2>&1) ]]; then LC_ALL=C; fi
  _vm_recover "${1:-}"
}

_vm_recover() {
  local _attempt=0 _status _choice _value _VM_SIGNAL='' _VM_JOB='' _VM_TOLD='' _VM_TELLING='' _VM_FIRST_BOOT='' _VM_NEXT=0 _VM_CLASS=''
  _vm_check_input "$1" || exit 2
  _vm_offer_dead_runs
  _vm_open_run || exit 2
  _vm_take_signals
  while :; do
    _vm_run_attempt "$1"
    # A section that ends with exec.
    if [[ ! -e $_VM_RUN/end && ! -s $_VM_RUN/trapped && ! -s $_VM_RUN/failed && -z $_VM_SIGNAL ]] && ((_status == 0)); then
      trap - EXIT
      echo exit >"$_VM_RUN/end"
    fi
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
    while :; do
      _vm_decide
      _vm_clean_up again || true
      if ! _vm_is_ours "$VMID" || ! _vm_exists "$VMID"; then break; fi
      _vm_say "VM $VMID is still there: another attempt would only meet it."
    done
    _vm_roll_back_temp
    _vm_restore_directories
    [[ -z $_VM_SIGNAL ]] || _vm_end_by_signal
    _attempt=$((_attempt + 1))
    _vm_begin_execution
  done
  # A section behind this one may stop or free what this one made.
  IFS= read -r -d '' _value <"$_VM_RUN/journal" || true
  _VM_EARLIER+=$_value
  _vm_take_over
  _vm_tell_passed_over
  IFS= read -r _choice <"$_VM_RUN/end"
  _vm_close_run "$_VM_LOG"
  VM_ERROR_LOG=
  # It came when everything was done: the script may hear it.
  [[ -z $_VM_SIGNAL ]] || kill "-$_VM_SIGNAL" "$BASHPID"
  # The section was the end of the script.
  [[ $_choice != exit ]] || exit 0
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
  : >>"$_VM_RUN/answers"
  for _name in asked calls fetched place state trapped; do : >"$_VM_RUN/$_name"; done
  for _name in end ended failed failed-line swallowed passed-over keys customizing unused; do
    [[ ! -e $_VM_RUN/$_name ]] || : >"$_VM_RUN/$_name"
  done
  : >"$_VM_RUN/reused"
  # What an earlier attempt customized takes the place of doing it again, where there was one such image.
  if [[ -s $_VM_RUN/customize-again ]]; then
    : >"$_VM_RUN/customize-again"
    _vm_forget_customized
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
  jobs -p >"$_VM_RUN/jobs"
  [[ ! -s $_VM_RUN/jobs ]] || trap _vm_lend_status URG
  _vm_attempt "$1" "$_options" "$_pipefail" <&0 &
  ! _vm_process_start "$!" || printf '%s %s\n' "$!" "$_started" >"$_VM_RUN/attempt"
  _vm_wait_for "$!"
  [[ -e $_VM_RUN/end ]] || printf 1 >"$_VM_RUN/ended"
}

# Takes over what the attempt handed back. A variable may be readonly here, too.
_vm_source_state() {
  # shellcheck source=/dev/null # written by _vm_attempt_ends
  [[ ! -s $_VM_RUN/state ]] || source "$_VM_RUN/state" 2>/dev/null || true
}

# The same after success. What the section left in its TMPDIR is the script's: it moves to where that is otherwise.
_vm_take_over() {
  local _name _text _to=${_VM_SCRATCH%/*}
  local -a _left=("$_VM_SCRATCH"/*)
  # What an earlier attempt left there is nobody's.
  ((_attempt == 0)) || mapfile -t -d '' _left < <(command find "$_VM_SCRATCH" -mindepth 1 -maxdepth 1 ! -name '.*' -newercm "$_VM_RUN/begun" -print0)
  _vm_restore_traps
  [[ ! -e ${_left[0]:-} ]] || command mv -n -t "$_to" -- "${_left[@]}" || true
  for _name in state place section-traps; do
    IFS= read -r -d '' _text <"$_VM_RUN/$_name" || true
    _text=${_text//"$_VM_SCRATCH"/"$_to"}
    # The section may have removed the script's; else it is ours.
    [[ $_name != section-traps || $_text == *" EXIT"* ]] || trap - EXIT
    _text=${_text/trap -- \'_vm_attempt_ends*COMMAND\"\' EXIT/}
    if [[ $_name == place ]]; then _VM_PLACE=$_text; else eval "$_text" 2>/dev/null || true; fi
  done
}
