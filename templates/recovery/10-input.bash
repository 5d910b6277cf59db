# shellcheck shell=bash

# One line for the user, and for the log once there is one. Control characters do not get through.
_vm_say() {
  local LC_ALL=C _line=${1//[[:cntrl:]]/ }
  # C1 controls and those that turn the direction of text, in UTF-8.
  _line=${_line//$'\xc2'[$'\x80'-$'\x9f']/ }
  _line=${_line//$'\xe2\x80'[$'\x8b'-$'\x8f'$'\xaa'-$'\xae']/ }
  _line=${_line//$'\xe2\x81'[$'\xa6'-$'\xa9']/ }
  printf '%s\n' "$_line" >&2
  [[ -z ${_VM_LOG:-} ]] || printf '# %s\n' "$_line" >>"$_VM_LOG" || true
}

# Says which variable of this library the script has made readonly: bash would give up in the midst of a function. All of
# them begin with an underscore, but for a few of bash's own. It has none itself.
_vm_check_names() {
  set -- "$(readonly -p)"
  while [[ $1 =~ declare\ -[A-Za-z]*r[A-Za-z]*\ (_[a-z_]+|_VM_[A-Z_]+|IFS|LC_ALL|REPLY|TMPDIR|VM_ERROR_LOG)(=|$'\n'|$) ]]; do
    set -- "${1#*"${BASH_REMATCH[0]}"}" "${BASH_REMATCH[1]}"
    # shellcheck disable=SC2046 # names of functions
    [[ $(declare -f $(compgen -A function _vm_)) =~ [^[:alnum:]_]$2[^[:alnum:]_] ]] || continue
    printf 'vm_create_with_recovery: the script has made %s readonly, which recovery sets; give it another name there.\n' "$2" >&2
    return 1
  done
}

# Says what is wrong with the call, before anything has happened. Status 1 when something is.
_vm_check_input() {
  local LC_ALL=C _id _ids="retry retry-settings retry-clean-cache first-boot other-storage shrink-disk other-vmid \
destroy-existing free-volume less-memory more-memory view-log keep abort"
  if shopt -q failglob || shopt -q nocasematch || shopt -qo posix; then
    _vm_say "vm_create_with_recovery: it does not work with failglob, nocasematch or posix; switch them off first: shopt -u failglob nocasematch; set +o posix"
    return 1
  fi
  if ! declare -F -- "${1:-}" >/dev/null; then
    _vm_say "vm_create_with_recovery: '${1:-}' is not a function; name the function that creates the VM."
    return 1
  fi
  if [[ ! ${VMID:-} =~ ^[1-9][0-9]{2,8}$ ]]; then
    _vm_say "vm_create_with_recovery: VMID is '${VMID:-}'; set it to the VM's number, 100 or more, first."
    return 1
  fi
  if [[ ! ${VM_RECOVERY_MAX_RETRIES:-2} =~ ^(0|[1-9][0-9]{0,3})$ ]]; then
    _vm_say "VM_RECOVERY_MAX_RETRIES is '${VM_RECOVERY_MAX_RETRIES}'; it takes a number of retries, such as 2."
    return 1
  fi
  if [[ ! ${VM_RECOVERY_TIMEOUT:-0} =~ ^(0|[1-9][0-9]{0,5})$ ]]; then
    _vm_say "VM_RECOVERY_TIMEOUT is '${VM_RECOVERY_TIMEOUT}'; it takes a number of seconds, such as 600."
    return 1
  fi
  [[ ${VM_RECOVERY:-ask} != ask ]] || return 0
  local -a _wanted
  if [[ ${VM_RECOVERY} == *[!a-z,-]* ]]; then
    _vm_say "VM_RECOVERY is '${VM_RECOVERY}'; it takes option ids with commas between them, such as retry,keep."
    return 1
  fi
  IFS=, read -ra _wanted <<<"${VM_RECOVERY}"
  for _id in "${_wanted[@]}"; do
    if [[ -z $_id || " $_ids " != *" $_id "* ]]; then
      _vm_say "VM_RECOVERY has '$_id'; it takes ask, or one or more of: ${_ids// /, }."
      return 1
    fi
  done
}

# Takes escape sequences and control characters out of $1 and cuts it when it is long; the result is in `_text`.
_vm_plain() {
  local LC_ALL=C _sequence=$'\e(\\[[0-?]*[ -/]*[@-~]|\\][^\a\e]*(\a|\e\\\\)?|.)?'
  _text=${1:0:2000}
  while [[ $_text =~ $_sequence ]]; do _text=${_text/"${BASH_REMATCH[0]}"/}; done
  # whiptail would begin a new line at a \n.
  _text=${_text//\\n/ }
  _text=${_text//[^[:print:]]/ }
  ((${#_text} <= 160)) || _text=${_text:0:157}...
}
