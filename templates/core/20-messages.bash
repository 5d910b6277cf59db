# shellcheck shell=bash
# What the user sees while something runs. Everything here goes to stderr: stdout belongs to results.
# All of it works before load_functions too, so no variable is taken for granted.

_core_reset_spinner() {
  stop_spinner
  SPINNER_PID='' SPINNER_ACTIVE=0 SPINNER_MSG=''
  declare -gA MSG_INFO_SHOWN=()
}

clear_line() {
  printf '\r\033[K'
}

# Verbose by request, or because nobody could watch a spinner.
is_verbose_mode() {
  [[ ${VERBOSE:-${var_verbose:-no}} != no || ! -t 2 ]]
}

cleanup_spinner() {
  stop_spinner
}

spinner_guard() {
  stop_spinner
}

# Shows MSG with a moving mark until stop_spinner. Scripts look at SPINNER_PID and may kill it themselves.
start_spinner() {
  local _owner=$BASHPID
  stop_spinner
  SPINNER_MSG=${1:-Processing...}
  SPINNER_ACTIVE=1
  # It must not hold a pipe that somebody reads our output from.
  _core_spin "$_owner" "${TAB-  }" "${YW:-}$SPINNER_MSG${CL:-}" </dev/null >/dev/null &
  SPINNER_PID=$!
  # Disowned, a plain "wait" in the script does not wait for it and no "Killed" is printed.
  disown "$SPINNER_PID" 2>/dev/null || true
}

# Ends by itself when the shell that started it is gone. Without a terminal one line is enough.
_core_spin() {
  local _owner=$1 _tab=$2 _text=$3 _frame _never
  trap - EXIT INT TERM HUP ERR
  set +eu
  # Reading from a pipe that nobody writes to is a sleep that needs no process.
  exec {_never}<> <(:)
  while kill -0 "$_owner" 2>/dev/null; do
    for _frame in ⠋ ⠙ ⠹ ⠸ ⠼ ⠴ ⠦ ⠧ ⠇ ⠏; do
      printf '\r\e[2K%s %b' "$_tab$_frame$_tab" "$_text" >&2
      if [[ ! -t 2 ]]; then
        printf '\n' >&2
        while kill -0 "$_owner" 2>/dev/null; do read -rt 1 -u "$_never"; done
        return
      fi
      read -rt 0.1 -u "$_never"
    done
  done
}

stop_spinner() {
  local _pid=${SPINNER_PID:-} _tries=0
  if [[ -z $_pid || ${SPINNER_ACTIVE:-0} != 1 ]]; then return 0; fi
  SPINNER_ACTIVE=0 SPINNER_PID=''
  # Wait for its end, or it could draw one more frame over the next line.
  if kill -KILL "$_pid" 2>/dev/null; then
    while ((_tries++ < 1000)) && kill -0 "$_pid" 2>/dev/null; do :; done
  fi
  printf '\r\e[2K' >&2
}

# One finished line: SYMBOL, then TEXT in COLOUR.
_core_line() {
  stop_spinner
  printf '\r\e[2K%s %b\n' "$1" "$2$3${CL:-}" >&2
}

# Each text is shown once, until a msg_ok with the same text.
msg_info() {
  local _msg=${1:-Information message}
  declare -gA MSG_INFO_SHOWN
  if [[ ${MSG_INFO_SHOWN[$_msg]:-} == 1 ]]; then return 0; fi
  MSG_INFO_SHOWN[$_msg]=1
  start_spinner "$_msg"
}

msg_ok() {
  local _msg=${1:-Operation completed successfully}
  _core_line "${CM-✔️}" "${GN:-}" "$_msg"
  declare -gA MSG_INFO_SHOWN
  MSG_INFO_SHOWN[$_msg]=0
}

msg_error() {
  _core_line "${CROSS-✖️}" "${RD:-}" "${1:-An error occurred}"
}

msg_warn() {
  stop_spinner
  printf '%b\n' "${BFR:-}${INFO:-ℹ️} ${YWB:-}${1:-}${CL:-}" >&2
}

# msg_custom SYMBOL COLOUR TEXT
msg_custom() {
  _core_line "${1:-*}" "${2:-${CL:-}}" "${3:-Custom message}"
}

# Only with var_full_verbose=1, which makes the rest verbose as well. Part of the script's output, so on stdout.
msg_debug() {
  if [[ ${var_full_verbose:-0} != 1 ]]; then return 0; fi
  var_verbose=1
  printf '%b[%(%F %T)T] [DEBUG]%b %b\n' "${YWB:-}" -1 "${CL:-}" "$*"
}

fatal() {
  msg_error "${1:-}"
  # Inside an attempt it is a failure like any other: the menu comes after it.
  if [[ -n ${_VM_ATTEMPT_PID:-} ]]; then exit 1; fi
  kill -INT $$
}

# A cosmetic clear: without a terminal type it fails, and that must not end a script under set -e.
_core_clear() {
  clear 2>/dev/null || true
}

exit_script() {
  stop_spinner
  _core_clear
  printf '\n%b\n\n' "${CROSS:-}${RD:-}User exited script${CL:-}"
  exit 0
}

# The banner of APP: kept in a folder that all scripts share, fetched the first time.
get_header() {
  local _type=${APP_TYPE:-vm} _name=${APP:-${NSAPP:-}} _file _part
  _name=${_name,,}
  _name=${_name// /-}
  _file=/usr/local/community-scripts/headers/$_type/$_name
  if [[ ! -s $_file ]]; then
    mkdir -p "${_file%/*}" || return 1
    # A broken download must not become the banner of every later run.
    _part=$(mktemp "$_file.XXXXXX") || return 1
    if ! curl -fsSL "https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/$_type/headers/$_name" -o "$_part"; then
      rm -f "$_part"
      return 1
    fi
    chmod 644 "$_part"
    mv -f "$_part" "$_file"
  fi
  cat "$_file" 2>/dev/null || true
}

header_info() {
  local _banner
  _banner=$(get_header) || _banner=''
  _core_clear
  if [[ -n $_banner ]]; then printf '%s\n' "$_banner"; fi
}
