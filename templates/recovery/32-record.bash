# shellcheck shell=bash

# Runs the program with its outputs in files, then shows them to whoever the script wanted to see them.
_vm_capture() {
  local _what=$1 _out=$_VM_RUN/out.$BASHPID _err=$_VM_RUN/err.$BASHPID _status=0 _captured
  shift
  if [[ $_what == both ]]; then
    command "$@" >"$_out" 2>"$_err" || _status=$?
    _vm_replay "$_out"
    _vm_out=$_captured
  else
    command "$@" 2>"$_err" || _status=$?
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

# The words of a command for the log, without secrets; the result is in `_line`.
_vm_command_line() {
  local _word _hide='' _text _secret='^--?([a-z0-9]+-)*(cipassword|sshkeys?|password|passwd|pass|token|secret|bearer|proxy-user|cookie)'
  _line=
  # Key by key it may be a password.
  [[ "$1 ${2:-}" != "qm sendkey" ]] || set -- "${@:1:3}" '<hidden>'
  for _word; do
    if [[ -n $_hide ]]; then
      _word='<hidden>' _hide=
    else
      # The whole value: it may hold anything.
      if [[ $_word =~ $_secret= || $1 == curl && $_word =~ ^-[^-]*([uU][^:]*:|b[^=]*=) ]]; then
        _word=${BASH_REMATCH[0]}'<hidden>'
      else
        _vm_redact "$_word"
        _word=$_text
      fi
    fi
    [[ $_word =~ $_secret$ || $1 == curl && $_word =~ ^(-[^-]*[buU]|--user)$ ]] && _hide=1
    _line+="${_line:+ }${_word//[$'\n\r']/ }"
  done
  _line=${_line:0:2000}
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
  if [[ -n $_vm_err ]]; then
    _vm_redact "$_vm_err"
    _entry+=${_text%$'\n'}$'\n'
  fi
  if [[ $_status -ne 0 && -n $_vm_out ]]; then
    _vm_redact "$_vm_out"
    _entry+=${_text%$'\n'}$'\n'
  fi
  ((_status == 0)) || _entry+="(exit code $_status)"$'\n'
  _vm_log "$_entry"
  [[ $_kind != query && $_kind != undo ]] || return 0
  if ((_status != 0)); then
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
