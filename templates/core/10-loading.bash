# shellcheck shell=bash
# Getting a script ready: options, traps, looks and checks, and the other libraries it may need.

# Everything a script expects to stand once it has loaded this file. Safe to call twice.
load_functions() {
  if [[ -n ${__FUNCTIONS_LOADED:-} ]]; then return 0; fi
  __FUNCTIONS_LOADED=1
  # core.func of the container scripts reads the same guard: it must not replace these functions later.
  # shellcheck disable=SC2034
  _CORE_FUNC_LOADED=1
  set -euo pipefail
  : "${COMMUNITY_SCRIPTS_URL:=https://git.community-scripts.org/community-scripts/ProxmoxVE/raw/branch/main}"
  _core_reset_spinner
  _core_trap_spinner
  color
  formatting
  icons
  set_std_mode
  default_vars
  load_api_functions
  # No cleanup here: a VMID in the environment at this moment belongs to somebody else.
  shell_check
  check_root
  pve_check
  arch_check
}

# A trap that the script has set before stays: it is the script's answer to that signal.
_core_trap_spinner() {
  local _signal _present
  _present=$(trap -p EXIT INT TERM HUP)
  for _signal in EXIT INT TERM HUP; do
    if [[ $_present$'\n' != *" $_signal"$'\n'* && $_present$'\n' != *" SIG$_signal"$'\n'* ]]; then
      trap 'cleanup_spinner' "$_signal"
    fi
  done
}

# Sources FILE of the project's misc folder. The whole text arrives before a line of it runs.
_core_source_remote() {
  local _base=${COMMUNITY_SCRIPTS_URL:-https://git.community-scripts.org/community-scripts/ProxmoxVE/raw/branch/main} _text
  _text=$(curl -fsSL "$_base/misc/$1") || return
  # shellcheck source=/dev/null
  source /dev/stdin <<<"$_text"
}

load_api_functions() {
  if declare -F post_to_api_vm >/dev/null; then return 0; fi
  _core_source_remote api.func || msg_warn "api.func could not be loaded from ${COMMUNITY_SCRIPTS_URL:-its server}."
}

# Quiet when it fails: whoever needs Cloud-Init looks for setup_cloud_init and says so itself.
load_cloud_init_functions() {
  if declare -F setup_cloud_init >/dev/null; then return 0; fi
  _core_source_remote cloud-init.func 2>/dev/null || return 0
}

# The colours keep their backslashes: scripts print them with echo -e and %b.
# shellcheck disable=SC2034
color() {
  YW='\033[33m' YWB='\033[93m'
  BL='\033[36m' RD='\033[01;31m'
  GN='\033[1;92m' BGN='\033[4;92m' DGN='\033[32m'
  CL='\033[m'
}

# shellcheck disable=SC2034
formatting() {
  BFR='\r\033[K' BOLD='\033[1m' HOLD=' '
  TAB='  ' TAB3='      '
}

# Most icons are followed by a reset of the colour; a few are used inside coloured text and are not.
# shellcheck disable=SC2034
icons() {
  local _tab=${TAB-  } _reset=${CL-} _icon
  CM="$_tab✔️$_tab" CROSS="$_tab✖️$_tab"
  DNSOK='✔️ ' DNSFAIL=$CROSS
  VERBOSE_CROPPED="🔍$_tab" HOURGLASS="$_tab⏳$_tab"
  for _icon in INFO=💡 CLOUD=☁️ OS=🖥️ OSVERSION=🌟 CONTAINERTYPE=📦 DISKSIZE=💾 CPUCORE=🧠 RAMSIZE=🛠️ SEARCH=🔍 \
    VERIFYPW=🔐 CONTAINERID=🆔 HOSTNAME=🏠 BRIDGE=🌉 NETWORK=📡 GATEWAY=🌐 DISABLEIPV6=🚫 ICON_DISABLEIPV6=🚫 \
    DEFAULT=⚙️ MACADDRESS=🔗 VLANTAG=🏷️ ROOTSSH=🔑 CREATING=🚀 ADVANCED=🧩 FUSE=🗂️ GPU=🎮; do
    printf -v "${_icon%%=*}" '%s' "$_tab${_icon#*=}$_tab$_reset"
  done
}

# How often and how long scripts wait for something to come up; i counts down from there.
# shellcheck disable=SC2034
default_vars() {
  RETRY_NUM=10 RETRY_EVERY=3
  i=$RETRY_NUM
}

# STD stands in front of noisy commands: "silent" sends their output to the log.
# shellcheck disable=SC2034
set_std_mode() {
  STD=silent
  if [[ ${VERBOSE:-no} == yes ]]; then STD=''; fi
}
