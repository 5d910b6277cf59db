# shellcheck shell=bash

# Runs the program with its outputs in files, then shows them to whoever the script wanted to see them: at once where
# somebody may wait for them, a question or a progress. Messages are English: they are read.
_vm_capture() {
  local _what=$1 _out=$_VM_RUN/out.$BASHPID _err=$_VM_RUN/err.$BASHPID _status=0 _captured
  shift
  if [[ $_what == both ]]; then
    # Not the line in which bash says that it was killed.
    { LANGUAGE=en command "${_vm_front[@]}" "$@" >"$_out" 2>"$_err" || _status=$?; } 2>/dev/null
    _vm_replay "$_out"
    _vm_out=$_captured
  elif [[ $_what == live ]]; then
    set -o pipefail
    LANGUAGE=en command "${_vm_front[@]}" "$@" 2>"$_err" | command tee -- "$_out" || _status=$?
    _vm_replay "$_out" >/dev/null
    _vm_out=$_captured
  elif [[ -t 2 ]]; then
    # No process substitution: that would be the script's `$!`.
    set -o pipefail
    { LANGUAGE=en command "${_vm_front[@]}" "$@" 2>&1 >&4 4>&- | command tee -- "$_err" >&2 4>&-; } 4>&1 || _status=$?
    _vm_replay "$_err" >/dev/null
    _vm_err=$_captured
    return "$_status"
  else
    LANGUAGE=en command "${_vm_front[@]}" "$@" 2>"$_err" || _status=$?
  fi
  _vm_replay "$_err" >&2
  _vm_err=$_captured
  return "$_status"
}

# Prints a file; the result is its text in `_captured`, or the end of a long one.
_vm_replay() {
  local LC_ALL=C
  IFS= read -r -N 16384 _captured <"$1" || true
  if ((${#_captured} < 16384)); then
    [[ -z $_captured ]] || printf '%s' "$_captured" || true
  else
    command cat -- "$1" || true
    { _captured=$(command tail -c 16384 -- "$1"); } 2>/dev/null || true
  fi
}

# Writes $1 into the log, and into a file that holds its end: what failed is read from there, however long the log is.
_vm_log() {
  local LC_ALL=C _position='' _recent
  printf '%s' "$1" >>"$_VM_LOG" || true
  {
    printf '%s' "$1" >&3
    # The file's length, without a process.
    read -r _ _position </proc/self/fdinfo/3
  } 3>>"$_VM_RUN/recent" || true
  ((${_position:-0} > 65536)) || return 0
  IFS= read -r -N "$_position" _recent <"$_VM_RUN/recent" || true
  printf '%s' "${_recent: -16384}" >"$_VM_RUN/recent" || true
}

# Writes a finished command into the log and remembers the last one that failed.
_vm_record() {
  local _status=$_vm_status _text _entry
  _vm_command_line "$@"
  # gunzip's 2 is a warning: the image is there.
  [[ $1 != gunzip || $_status -ne 2 ]] || _status=0
  _entry="\$ $_line"$'\n'
  if [[ $_status -ne 0 && -n $_vm_out ]]; then
    _vm_redact "$_vm_out"
    _entry+=${_text%$'\n'}$'\n'
  fi
  # The complaint stands last: the menu shows the end.
  if [[ -n $_vm_err ]]; then
    _vm_redact "$_vm_err"
    _entry+=${_text%$'\n'}$'\n'
  fi
  ((_status == 0)) || _entry+="(exit code $_status)"$'\n'
  _vm_log "$_entry"
  [[ $_kind != query && $_kind != undo ]] || return 0
  if ((_status != 0)); then
    # Not in a condition: that would be the answer.
    _vm_look_for_fallback "$1"
    printf '%s\n%s\n%s\n%s\n' "$_status" "$_line" "$_kind $_verb" "$BASHPID" >"$_VM_RUN/failed"
    [[ $_kind == check ]] || printf '%s\n' "$_line" >>"$_VM_RUN/passed-over"
    [[ $_kind != makes ]] || printf '%s\n%s\n' "$_status" "$_verb" >"$_VM_RUN/swallowed"
  elif [[ -e $_VM_RUN/failed ]]; then
    local -a _failed
    mapfile -t _failed <"$_VM_RUN/failed"
    # The same command worked at last, or the script went on without: what failed before does not matter any more.
    if [[ ${_failed[2]:-} == "$_kind $_verb" ]]; then : >"$_VM_RUN/swallowed"; fi
    if [[ ${_failed[2]:-} == "$_kind $_verb" || ${_failed[2]:-} != makes* ]]; then : >"$_VM_RUN/failed"; fi
  fi
}

# Where the script has a way of its own for a failure of program $1, a condition and more behind it than `true`, the attempt
# goes on: `_kind` is then `check`.
_vm_look_for_fallback() {
  local - _caller='' _trap _text
  [[ $_kind == makes ]] || return 0
  set +e
  _trap=$(trap -p ERR)
  trap '_caller=heard' ERR
  false
  trap - ERR
  eval "$_trap"
  [[ $_caller != heard ]] || return 0
  # The first function that is not ours.
  for _caller in "${FUNCNAME[@]}"; do
    [[ $_caller == _vm_* || $_caller == "$1" ]] || break
  done
  _text=$(declare -f "$_caller")
  [[ $_text =~ (^|[^[:alnum:]_-])"$1 "[^$'\n']*'|| '(true|:)([^[:alnum:]]|$) ]] || _kind=check
}

# A command that makes something failed, and the script went on as if it had not: the attempt ends here.
_vm_stop_after_swallowed() {
  [[ -s $_VM_RUN/swallowed ]] || return 0
  local -a _swallowed
  mapfile -t _swallowed <"$_VM_RUN/swallowed"
  [[ ${_swallowed[1]:-} != "$_verb" ]] || return 0
  [[ $BASHPID != "${_VM_ATTEMPT_PID:-}" ]] || exit "${_swallowed[0]}"
  return "${_swallowed[0]}"
}

# After success: what the script did not mind, but its user may.
_vm_tell_passed_over() {
  local _line _previous=''
  [[ -s $_VM_RUN/passed-over ]] || return 0
  while IFS= read -r _line; do
    [[ $_line == "$_previous" ]] || _vm_say "The script went on although this failed: $_line"
    _previous=$_line
  done <"$_VM_RUN/passed-over"
}
