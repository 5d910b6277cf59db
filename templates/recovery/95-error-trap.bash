# shellcheck shell=bash

# For scripts that only have an ERR trap: says what failed and asks. Nobody noted what such a script made, and a part of
# it can't run again: the menu has keep and abort, and neither removes a VM that may be somebody else's.
vm_error_handler_with_recovery() {
  _vm_handle_error "$?" "$@"
}

# The same for status $1.
_vm_handle_error() {
  [[ ${VM_RECOVERY:-} != off ]] || exit "$1"
  _vm_check_names || exit "$1"
  local _status=$1
  local - _attempt=0 _choice VM_RECOVERY_MAX_RETRIES=0 _VM_NEXT=0 _VM_UNNOTED=1 _VM_SIGNAL='' _VM_JOB='' _VM_TOLD='' _VM_TELLING=''
  local _text _VM_FAILED_STATUS=$_status _VM_FAILED_COMMAND=${3:-$BASH_COMMAND} IFS=$' \t\n'
  trap - ERR
  set +eEuCfm +o pipefail +o posix
  # The script ends here: it does not need them any more.
  shopt -u failglob nocasematch
  ((_status != 0)) || _status=1
  _vm_redact_script_line "$_VM_FAILED_COMMAND"
  _VM_FAILED_COMMAND=$_text
  # Inside an attempt the menu comes after it.
  [[ -z ${_VM_ATTEMPT_PID:-} ]] || exit "$_status"
  # With errtrace a $(…) comes here first; the shell around it follows with the same failure.
  [[ $BASHPID == "$$" ]] || exit "$_status"
  ! declare -F stop_spinner >/dev/null || stop_spinner
  _vm_check_input vm_error_handler_with_recovery && _vm_open_run || exit "$_status"
  _vm_take_signals
  _vm_tell_telemetry failed "$_status"
  _vm_choose
  [[ -z $_VM_SIGNAL ]] || _status=$((128 + _VM_SIGNAL))
  [[ $_choice != abort ]] || _vm_say "Nothing is removed: it is not known what this script made."
  _vm_end_kept
}
