# shellcheck shell=bash
# Commands whose output the user sees only when they fail: anything behind $STD, and curl.

# Prints the log of this run, or a new one of its own (a name that can be foreseen could be a trap in /tmp).
get_active_logfile() {
  local stamp
  if [[ -n ${BUILD_LOG:-} ]]; then
    printf '%s\n' "${BUILD_LOG}"
    return 0
  fi
  printf -v stamp '%(%Y%m%d_%H%M%S)T' -1
  mktemp "/tmp/build-${stamp}-XXXXXXXX.log"
}

# Runs a command as the caller's options would not let it: to its end, whatever fails in between.
_core_run_loose() {
  local -
  set +Eeuo pipefail
  "$@"
}

# silent COMMAND...: output goes to the log; a failure is explained and ends the script with the command's status.
silent() {
  local line=${BASH_LINENO[0]:-unknown} status=0 log=${BUILD_LOG:-} explanation
  if [[ -z ${log} ]]; then log=$(get_active_logfile); fi
  # On the left of || no ERR trap runs, so none has to be taken away and put back.
  _core_run_loose "$@" >>"${log}" 2>&1 || status=$?
  if ((status == 0)); then
    if [[ -z ${BUILD_LOG:-} ]]; then rm -f "${log}"; fi
    return 0
  fi
  explanation=$(_core_explain "${status}") || explanation=''
  printf '\e[?25h' >&2
  msg_error "in line ${line}: exit code ${status}${explanation:+ (${explanation})}"
  msg_custom "→" "${YWB:-}" "$*"
  if [[ -s ${log} ]]; then
    printf '\n%s\n' "${TAB:-}--- Last 20 lines of ${log} ---" >&2
    tail -n 20 "${log}" >&2
    printf '%s\n\n' "${TAB:-}----------------------------" >&2
  fi
  exit "${status}"
}

# In a subshell: the fetched file brings traps and handlers of its own.
_core_explain() (
  if ! declare -F explain_exit_code >/dev/null; then _core_source_remote error_handler.func 2>/dev/null; fi
  if declare -F explain_exit_code >/dev/null; then explain_exit_code "$1"; fi
)

# run_curl ARGS: curl, without its output when VERB=no. What it complains about goes where curl_handler wants it.
run_curl() {
  local complaints=${curl_complaints:-/dev/stderr}
  if [[ ${VERB:-} == no ]]; then
    curl "$@" >/dev/null 2>>"${complaints}"
  else
    curl "$@" 2>>"${complaints}"
  fi
}

# curl_handler ARGS: fetches with a message; prints the body unless -o names a file. A failure ends the script with 1.
curl_handler() {
  local argument previous='' url='' to_file=false body='' status=0 complaint curl_complaints
  for argument; do
    if [[ ${argument} == -o || ${argument} == --output ]]; then to_file=true; fi
    # The word behind an option may be its value, so only a real address counts there.
    if [[ -z ${url} && ${argument} != -* && (${previous} != -* || ${argument} == *://*) ]]; then url=${argument}; fi
    previous=${argument}
  done
  if [[ -z ${url} ]]; then
    msg_error "no valid url or option entered for curl_handler"
    exit 1
  fi
  if [[ -z ${STD:-} ]]; then msg_info "Fetching: ${url}"; fi
  curl_complaints=$(mktemp)
  if "${to_file}"; then
    run_curl "$@" || status=$?
  else
    body=$(VERB=yes run_curl "$@") || status=$?
  fi
  complaint=$(<"${curl_complaints}")
  rm -f "${curl_complaints}"
  if ((status)); then __curl_err_handler "${status}" "${url}" "${complaint}"; fi
  msg_ok "Fetched: ${url}"
  if ! "${to_file}"; then printf '%s' "${body}"; fi
}

# __curl_err_handler STATUS TARGET [MESSAGE]: says in words what curl's status means, and exits 1.
__curl_err_handler() {
  local words texts='|1=Unsupported protocol|2=Curl init failed|3=Malformed URL|5=Proxy resolution failed|6=Host resolution failed'
  texts+='|7=Connection failed|9=Access denied|18=Partial file transfer|22=HTTP error (e.g. 400/404)|23=Write error on local system'
  texts+='|26=Read error from local file|28=Timeout|35=SSL connect error|47=Too many redirects|51=SSL cert verify failed'
  texts+='|52=Empty server response|55=Send error|56=Receive error|60=SSL CA not trusted|67=Login denied by server'
  texts+="|78=Remote file not found (404)|$1=Curl failed with code $1|"
  words=${texts#*"|$1="}
  msg_error "${words%%|*}: $2"
  if [[ -n ${3:-} ]]; then printf '%s\n' "$3" >&2; fi
  exit 1
}
