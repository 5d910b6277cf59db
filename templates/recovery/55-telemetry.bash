# shellcheck shell=bash

# Sets _VM_CLASS, and what api.func looks at when it reports a failure: the category, the command, and a file with what it
# said. The log has no secrets.
_vm_describe_to_telemetry() {
  local REPLY
  _vm_set_class
  _VM_CLASS=$_class
  _vm_error_category
  # shellcheck disable=SC2034 # api.func reads them
  ERROR_CATEGORY_OVERRIDE=$REPLY FAILED_COMMAND=$_command TELEMETRY_ERRINFO=$_VM_RUN/errinfo
  ((${#_log} <= 10000)) || _log=${_log: -10000}
  printf 'EXIT_CODE=%s\nLINE=\nCOMMAND=%s\n--- OUTPUT ---\n%s\n' "$_status" "$_command" "$_log" >"$_VM_RUN/errinfo" || true
}

# Telemetry: one terminal record for an execution that was announced, and none for any other. Sent while the menu is
# shown: for a server that does not answer, api.func waits four times 10 s.
_vm_tell_telemetry() {
  [[ ${POST_TO_API_DONE:-} == true && -z $_VM_TOLD ]] && declare -F post_update_to_api >/dev/null || return 0
  _VM_TOLD=1
  (
    # What ends this run is no reason to lose its record.
    trap '' TERM HUP
    post_update_to_api "$1" "$2"
    [[ ${POST_UPDATE_DONE:-} == true ]]
  ) >/dev/null 2>&1 &
  _VM_TELLING=$!
  POST_UPDATE_DONE=true
}

# Waits until the record is sent. One that did not get through is left to the script's own EXIT trap.
_vm_await_telemetry() {
  local _told _signal=$_VM_SIGNAL
  [[ -n ${_VM_TELLING:-} ]] || return 0
  while :; do
    wait "$_VM_TELLING"
    _told=$?
    # Whoever does not want to wait need not: it goes out all the same.
    [[ $_VM_SIGNAL == "$_signal" ]] || break
    # Above 128 a signal ended the wait.
    if ((_told <= 128)) || ! kill -0 "$_VM_TELLING" 2>/dev/null; then break; fi
  done
  ((_told != 1)) || POST_UPDATE_DONE=false
  _VM_TELLING=
}

# A retry is an execution of its own, where the script announces its executions.
_vm_begin_execution() {
  [[ -v POST_TO_API_DONE ]] || return 0
  _vm_await_telemetry
  [[ -z $_VM_SIGNAL ]] || _vm_end_by_signal
  _VM_TOLD=
  if declare -F telemetry_new_attempt >/dev/null; then
    telemetry_new_attempt || true
  else
    POST_TO_API_DONE=false POST_UPDATE_DONE=false
    unset -v FAILED_COMMAND ERROR_CATEGORY_OVERRIDE TELEMETRY_ERRINFO
    # shellcheck disable=SC2034 # api.func sends it
    EXECUTION_ID=$(</proc/sys/kernel/random/uuid)
  fi
  ! declare -F post_to_api_vm >/dev/null || post_to_api_vm || true
}
