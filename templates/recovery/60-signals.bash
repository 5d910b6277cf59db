# shellcheck shell=bash

# From now on INT, TERM and HUP end what runs, and then the run. The script's own traps come back after success.
_vm_take_signals() {
  trap -p INT TERM HUP PIPE URG >"$_VM_RUN/traps"
  trap '_vm_on_signal 2' INT
  trap '_vm_on_signal 15' TERM
  trap '_vm_on_signal 1' HUP
  # Whoever reads our messages may be gone before the clean-up is done. Not '': the programs would inherit that.
  trap : PIPE
}

_vm_restore_traps() {
  trap - INT TERM HUP PIPE URG
  # shellcheck source=/dev/null # written by trap -p
  source "$_VM_RUN/traps"
}

# The first signal ends the running step; a second INT ends everything at once.
_vm_on_signal() {
  [[ -z $_VM_SIGNAL || $1 -ne 2 ]] || exit 130
  [[ -z $_VM_SIGNAL ]] || return 0
  _VM_SIGNAL=$1
  [[ -z $_VM_JOB ]] || _vm_end_tree "$_VM_JOB"
}

# Waits for a background job, which a signal ends; its status is in `_status`.
_vm_wait_for() {
  _VM_JOB=$1
  # A signal that came before there was a job to end. One that has just begun would run the script's EXIT trap.
  [[ -z $_VM_SIGNAL ]] || {
    command sleep 0.1
    _vm_end_tree "$1"
  }
  while :; do
    wait "$1"
    _status=$?
    # Above 128 it may be the wait that ended.
    if ((_status <= 128)) || ! kill -0 "$1" 2>/dev/null; then break; fi
  done
  _VM_JOB=
}

# INT, TERM and HUP: clean up as abort does, unless everything is to be kept.
_vm_end_by_signal() {
  local _code=$((128 + _VM_SIGNAL))
  printf '# ended by signal %s\n' "$_VM_SIGNAL" >>"$_VM_LOG" || true
  _vm_say "Stopped by a signal."
  if [[ ${VM_RECOVERY:-} == keep ]]; then
    _vm_tell_telemetry aborted "$_code"
    _status=$_code
    _vm_end_kept
  fi
  _vm_clean_up || true
  _vm_tell_telemetry aborted "$_code"
  _vm_leave "$_code"
}

# The section waits for a job that was begun before it: only the shell that began it can. One word at a time.
_vm_wait_for_job() {
  local _job
  local -a _jobs
  mapfile -t _jobs <"$_VM_RUN/jobs"
  if [[ $# != 1 || " ${_jobs[*]} " != *" $1 "* ]]; then
    builtin wait "$@"
    return "$?"
  fi
  : >"$_VM_RUN/job-status"
  printf '%s\n' "$1" >"$_VM_RUN/job"
  kill -URG "$$"
  until [[ -s $_VM_RUN/job-status ]]; do command sleep 0.05; done
  read -r _job <"$_VM_RUN/job-status"
  return "$_job"
}

_vm_lend_status() {
  local _job
  read -r _job <"$_VM_RUN/job"
  wait "$_job"
  printf '%s\n' "$?" >"$_VM_RUN/job-status"
}
