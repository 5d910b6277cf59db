# shellcheck shell=bash
# Commands whose output the user sees only when they fail: anything behind $STD, and curl.

# Prints the log of this run, or a new one of its own (a name that can be foreseen could be a trap in /tmp).
get_active_logfile() {
  local _stamp
  if [[ -n ${BUILD_LOG:-} ]]; then
    printf '%s\n' "$BUILD_LOG"
    return 0
  fi
  printf -v _stamp '%(%Y%m%d_%H%M%S)T' -1
  mktemp "/tmp/build-$_stamp-XXXXXXXX.log"
}

# Runs a command as the caller's options would not let it: to its end, whatever fails in between.
_core_run_loose() {
  local -
  set +Eeuo pipefail
  "$@"
}

# silent COMMAND...: output goes to the log; a failure is explained and ends the script with the command's status.
silent() {
  local _line=${BASH_LINENO[0]:-unknown} _status=0 _log=${BUILD_LOG:-} _explanation
  if [[ -z $_log ]]; then _log=$(get_active_logfile); fi
  # On the left of || no ERR trap runs, so none has to be taken away and put back.
  _core_run_loose "$@" >>"$_log" 2>&1 || _status=$?
  if ((_status == 0)); then
    if [[ -z ${BUILD_LOG:-} ]]; then rm -f "$_log"; fi
    return 0
  fi
  _explanation=$(_core_explain "$_status") || _explanation=''
  printf '\e[?25h' >&2
  msg_error "in line $_line: exit code $_status${_explanation:+ ($_explanation)}"
  msg_custom "→" "${YWB:-}" "$*"
  if [[ -s $_log ]]; then
    printf '\n%s\n' "${TAB:-}--- Last 20 lines of $_log ---" >&2
    tail -n 20 "$_log" >&2
    printf '%s\n\n' "${TAB:-}----------------------------" >&2
  fi
  exit "$_status"
}

# In a subshell: the fetched file brings traps and handlers of its own.
_core_explain() (
  if ! declare -F explain_exit_code >/dev/null; then _core_source_remote error_handler.func 2>/dev/null; fi
  if declare -F explain_exit_code >/dev/null; then explain_exit_code "$1"; fi
)

# run_curl ARGS: curl, without its output when VERB=no. What it complains about goes where curl_handler wants it.
run_curl() {
  local _complaints=${_curl_complaints:-/dev/stderr}
  if [[ ${VERB:-} == no ]]; then
    curl "$@" >/dev/null 2>>"$_complaints"
  else
    curl "$@" 2>>"$_complaints"
  fi
}

# curl_handler ARGS: fetches with a message; prints the body unless -o names a file. A failure ends the script with 1.
curl_handler() {
  local _argument _previous='' _url='' _to_file=false _body='' _status=0 _complaint _curl_complaints
  for _argument; do
    if [[ $_argument == -o || $_argument == --output ]]; then _to_file=true; fi
    # The word behind an option may be its value, so only a real address counts there.
    if [[ -z $_url && $_argument != -* && ($_previous != -* || $_argument == *://*) ]]; then _url=$_argument; fi
    _previous=$_argument
  done
  if [[ -z $_url ]]; then
    msg_error "no valid url or option entered for curl_handler"
    exit 1
  fi
  if [[ -z ${STD:-} ]]; then msg_info "Fetching: $_url"; fi
  _curl_complaints=$(mktemp)
  if "$_to_file"; then
    run_curl "$@" || _status=$?
  else
    _body=$(VERB=yes run_curl "$@") || _status=$?
  fi
  _complaint=$(<"$_curl_complaints")
  rm -f "$_curl_complaints"
  if ((_status)); then __curl_err_handler "$_status" "$_url" "$_complaint"; fi
  msg_ok "Fetched: $_url"
  if ! "$_to_file"; then printf '%s' "$_body"; fi
}

# __curl_err_handler STATUS TARGET [MESSAGE]: says in words what curl's status means, and exits 1.
__curl_err_handler() {
  local _words _texts='|1=Unsupported protocol|2=Curl init failed|3=Malformed URL|5=Proxy resolution failed|6=Host resolution failed'
  _texts+='|7=Connection failed|9=Access denied|18=Partial file transfer|22=HTTP error (e.g. 400/404)|23=Write error on local system'
  _texts+='|26=Read error from local file|28=Timeout|35=SSL connect error|47=Too many redirects|51=SSL cert verify failed'
  _texts+='|52=Empty server response|55=Send error|56=Receive error|60=SSL CA not trusted|67=Login denied by server'
  _texts+="|78=Remote file not found (404)|$1=Curl failed with code $1|"
  _words=${_texts#*"|$1="}
  msg_error "${_words%%|*}: $2"
  if [[ -n ${3:-} ]]; then printf '%s\n' "$3" >&2; fi
  exit 1
}
