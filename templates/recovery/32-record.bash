# shellcheck shell=bash

# Runs the program with its outputs in files, then shows them to whoever the script wanted to see them.
_vm_capture() {
  local what=$1 out=$_VM_RUN/out.$BASHPID err=$_VM_RUN/err.$BASHPID status=0 captured
  shift
  if [[ $what == both ]]; then
    command "$@" >"$out" 2>"$err" || status=$?
    _vm_replay "$out"
    _vm_out=$captured
  else
    command "$@" 2>"$err" || status=$?
  fi
  _vm_replay "$err" >&2
  _vm_err=$captured
  return "$status"
}

# Prints a file; the result is its text in `captured`, or the end of a long one.
_vm_replay() {
  local LC_ALL=C
  IFS= read -r -N 16384 captured <"$1" || true
  if ((${#captured} < 16384)); then
    [[ -z $captured ]] || printf '%s' "$captured" || true
  else
    command cat -- "$1" || true
    { captured=$(command tail -c 16384 -- "$1"); } 2>/dev/null || true
  fi
}

# The words of a command for the log, without secrets; the result is in `line`.
_vm_command_line() {
  local word hide='' text secret='^--?([a-z0-9]+-)*(cipassword|sshkeys?|password|passwd|pass|token|secret|bearer|proxy-user|cookie)'
  line=
  # Key by key it may be a password.
  [[ "$1 ${2:-}" != "qm sendkey" ]] || set -- "${@:1:3}" '<hidden>'
  for word; do
    if [[ -n $hide ]]; then
      word='<hidden>' hide=
    else
      # The whole value: it may hold anything.
      if [[ $word =~ $secret= || $1 == curl && $word =~ ^-[^-]*([uU][^:]*:|b[^=]*=) ]]; then
        word=${BASH_REMATCH[0]}'<hidden>'
      else
        _vm_redact "$word"
        word=$text
      fi
    fi
    [[ $word =~ $secret$ || $1 == curl && $word =~ ^(-[^-]*[buU]|--user)$ ]] && hide=1
    line+="${line:+ }${word//[$'\n\r']/ }"
  done
  line=${line:0:2000}
}

# Writes $1 into the log, and into a file that holds its end: what failed is read from there, however long the log is.
_vm_log() {
  local LC_ALL=C position='' recent
  printf '%s' "$1" >>"$_VM_LOG" || true
  {
    printf '%s' "$1" >&3
    # The file's length, without a process.
    read -r _ position </proc/self/fdinfo/3
  } 3>>"$_VM_RUN/recent" || true
  ((${position:-0} > 65536)) || return 0
  IFS= read -r -N "$position" recent <"$_VM_RUN/recent" || true
  printf '%s' "${recent: -16384}" >"$_VM_RUN/recent" || true
}

# Writes a finished command into the log and remembers the last one that failed.
_vm_record() {
  local status=$_vm_status text entry
  _vm_command_line "$@"
  # gunzip's 2 is a warning: the image is there.
  [[ $1 != gunzip || $status -ne 2 ]] || status=0
  entry="\$ $line"$'\n'
  if [[ -n $_vm_err ]]; then
    _vm_redact "$_vm_err"
    entry+=${text%$'\n'}$'\n'
  fi
  if [[ $status -ne 0 && -n $_vm_out ]]; then
    _vm_redact "$_vm_out"
    entry+=${text%$'\n'}$'\n'
  fi
  ((status == 0)) || entry+="(exit code $status)"$'\n'
  _vm_log "$entry"
  [[ $kind != query && $kind != undo ]] || return 0
  if ((status != 0)); then
    printf '%s\n%s\n%s\n%s\n' "$status" "$line" "$kind $verb" "$BASHPID" >"$_VM_RUN/failed"
    [[ $kind == check ]] || printf '%s\n' "$line" >>"$_VM_RUN/passed-over"
    [[ $kind != makes ]] || printf '%s\n%s\n' "$status" "$verb" >"$_VM_RUN/swallowed"
  elif [[ -e $_VM_RUN/failed ]]; then
    local -a failed
    mapfile -t failed <"$_VM_RUN/failed"
    # The same command worked at last, or the script went on without: what failed before does not matter any more.
    if [[ ${failed[2]:-} == "$kind $verb" ]]; then : >"$_VM_RUN/swallowed"; fi
    if [[ ${failed[2]:-} == "$kind $verb" || ${failed[2]:-} != makes* ]]; then : >"$_VM_RUN/failed"; fi
  fi
}

# A command that makes something failed, and the script went on as if it had not: the attempt ends here.
_vm_stop_after_swallowed() {
  [[ -s $_VM_RUN/swallowed ]] || return 0
  local -a swallowed
  mapfile -t swallowed <"$_VM_RUN/swallowed"
  [[ ${swallowed[1]:-} != "$verb" ]] || return 0
  [[ $BASHPID != "${_VM_ATTEMPT_PID:-}" ]] || exit "${swallowed[0]}"
  return "${swallowed[0]}"
}

# After success: what the script did not mind, but its user may.
_vm_tell_passed_over() {
  local line previous=''
  [[ -s $_VM_RUN/passed-over ]] || return 0
  while IFS= read -r line; do
    [[ $line == "$previous" ]] || _vm_say "The script went on although this failed: $line"
    previous=$line
  done <"$_VM_RUN/passed-over"
}
