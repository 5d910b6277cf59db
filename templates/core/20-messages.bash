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
  local owner=${BASHPID}
  stop_spinner
  SPINNER_MSG=${1:-Processing...}
  SPINNER_ACTIVE=1
  # It must not hold a pipe that somebody reads our output from.
  _core_spin "${owner}" "${TAB-  }" "${YW:-}${SPINNER_MSG}${CL:-}" </dev/null >/dev/null &
  SPINNER_PID=$!
  # Disowned, a plain "wait" in the script does not wait for it and no "Killed" is printed.
  disown "${SPINNER_PID}" 2>/dev/null || true
}

# Ends by itself when the shell that started it is gone. Without a terminal one line is enough.
_core_spin() {
  local owner=$1 tab=$2 text=$3 frame never
  trap - EXIT INT TERM HUP ERR
  set +eu
  # Reading from a pipe that nobody writes to is a sleep that needs no process.
  exec {never}<> <(:)
  while kill -0 "${owner}" 2>/dev/null; do
    for frame in ⠋ ⠙ ⠹ ⠸ ⠼ ⠴ ⠦ ⠧ ⠇ ⠏; do
      printf '\r\e[2K%s %b' "${tab}${frame}${tab}" "${text}" >&2
      if [[ ! -t 2 ]]; then
        printf '\n' >&2
        while kill -0 "${owner}" 2>/dev/null; do read -rt 1 -u "${never}"; done
        return
      fi
      read -rt 0.1 -u "${never}"
    done
  done
}

stop_spinner() {
  local pid=${SPINNER_PID:-} tries=0
  if [[ -z ${pid} || ${SPINNER_ACTIVE:-0} != 1 ]]; then return 0; fi
  SPINNER_ACTIVE=0 SPINNER_PID=''
  # Wait for its end, or it could draw one more frame over the next line.
  if kill -KILL "${pid}" 2>/dev/null; then
    while ((tries++ < 1000)) && kill -0 "${pid}" 2>/dev/null; do :; done
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
  local msg=${1:-Information message}
  declare -gA MSG_INFO_SHOWN
  if [[ ${MSG_INFO_SHOWN[${msg}]:-} == 1 ]]; then return 0; fi
  MSG_INFO_SHOWN[${msg}]=1
  start_spinner "${msg}"
}

msg_ok() {
  local msg=${1:-Operation completed successfully}
  _core_line "${CM-✔️}" "${GN:-}" "${msg}"
  declare -gA MSG_INFO_SHOWN
  MSG_INFO_SHOWN[${msg}]=0
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
  local type=${APP_TYPE:-vm} name=${APP:-${NSAPP:-}} file part
  name=${name,,}
  name=${name// /-}
  file=/usr/local/community-scripts/headers/${type}/${name}
  if [[ ! -s ${file} ]]; then
    mkdir -p "${file%/*}" || return 1
    # A broken download must not become the banner of every later run.
    part=$(mktemp "${file}.XXXXXX") || return 1
    if ! curl -fsSL "https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/${type}/headers/${name}" -o "${part}"; then
      rm -f "${part}"
      return 1
    fi
    chmod 644 "${part}"
    mv -f "${part}" "${file}"
  fi
  cat "${file}" 2>/dev/null || true
}

header_info() {
  local banner
  banner=$(get_header) || banner=''
  _core_clear
  if [[ -n ${banner} ]]; then printf '%s\n' "${banner}"; fi
}
