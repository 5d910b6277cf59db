# shellcheck shell=bash

# One line for the user, and for the log once there is one. Control characters do not get through.
_vm_say() {
  local LC_ALL=C line=${1//[[:cntrl:]]/ }
  # C1 controls and those that turn the direction of text, in UTF-8.
  line=${line//$'\xc2'[$'\x80'-$'\x9f']/ }
  line=${line//$'\xe2\x80'[$'\x8b'-$'\x8f'$'\xaa'-$'\xae']/ }
  line=${line//$'\xe2\x81'[$'\xa6'-$'\xa9']/ }
  printf '%s\n' "$line" >&2
  [[ -z ${_VM_LOG:-} ]] || printf '# %s\n' "$line" >>"$_VM_LOG" || true
}

# Says what is wrong with the call, before anything has happened. Status 1 when something is.
_vm_check_input() {
  local LC_ALL=C id ids="retry retry-settings retry-clean-cache first-boot other-storage shrink-disk other-vmid \
destroy-existing less-memory more-memory keep abort"
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
  local -a wanted
  if [[ ${VM_RECOVERY} == *[!a-z,-]* ]]; then
    _vm_say "VM_RECOVERY is '${VM_RECOVERY}'; it takes option ids with commas between them, such as retry,keep."
    return 1
  fi
  IFS=, read -ra wanted <<<"${VM_RECOVERY}"
  for id in "${wanted[@]}"; do
    if [[ -z $id || " $ids " != *" $id "* ]]; then
      _vm_say "VM_RECOVERY has '$id'; it takes ask, or one or more of: ${ids// /, }."
      return 1
    fi
  done
}

# Takes escape sequences and control characters out of $1 and cuts it when it is long; the result is in `text`.
_vm_plain() {
  local LC_ALL=C sequence=$'\e(\\[[0-?]*[ -/]*[@-~]|\\][^\a\e]*(\a|\e\\\\)?|.)?'
  text=${1:0:2000}
  while [[ $text =~ $sequence ]]; do text=${text/"${BASH_REMATCH[0]}"/}; done
  # whiptail would begin a new line at a \n.
  text=${text//\\n/ }
  text=${text//[^[:print:]]/ }
  ((${#text} <= 160)) || text=${text:0:157}...
}

# Replaces the values of secrets in $1; the result is in `text`. Line by line: ${…#*…} takes the square of a length.
_vm_redact() {
  local LC_ALL=C IFS=$'\n' line in_key=''
  local -a lines hidden=()
  text=$1
  [[ $1 == *[pP][aA][sS][sS][wWpP]* || $1 == *[pP][wW][dD]* || $1 == *[tT][oO][kK][eE][nN]* || $1 == *[sS][eE][cC][rR][eE][tT]* ||
    $1 == *ssh* || $1 == *ecdsa* || $1 == *sk-* || $1 == *[kK][eE][yY]* || $1 == *[aA][uU][tT][hH][oO][rR][iI][zZ]* || $1 == *[bB]earer* ||
    $1 == *[cC][oO][oO][kK][iI][eE]* || $1 == *://*@* || $1 == *[sS]ig*=* ]] || return 0
  mapfile -t lines <<<"$1"
  for line in "${lines[@]}"; do
    case $line in
    *-----BEGIN*"PRIVATE KEY"*-----*)
      in_key=1
      hidden+=("${line%%-----BEGIN*}<hidden>")
      ;;&
    *-----END*"PRIVATE KEY"*-----*) in_key='' ;;
    *-----BEGIN*"PRIVATE KEY"*-----*) ;;
    *)
      [[ -n $in_key ]] || {
        _vm_redact_line "$line"
        hidden+=("$text")
      }
      ;;
    esac
  done
  text="${hidden[*]}"
}

# The same for one line. More than the secret may go; less may not.
_vm_redact_line() {
  local rest=${1:0:4000} header='' value quote quoted="\"([^\"\\\\]|\\\\.)*\"?|'[^']*'?" \
    scheme='Bearer|Basic|Digest|Token|PVEAPIToken' \
    name='[pP][aA][sS][sS]([wW]([oO][rR])?[dD]|[pP][hH][rR][aA][sS][eE])|[pP][wW][dD]|[tT][oO][kK][eE][nN]|[sS][eE][cC][rR][eE][tT]|sshkeys?|([aA][pP][iI]|[pP][rR][iI][vV][aA][tT][eE]|[aA][cC][cC][eE][sS][sS])[_-]?[kK][eE][yY]' \
    key='PVEAPIToken=[^[:space:]=]+|[bB]earer|ssh-(rsa|dss|ed25519)|ecdsa-sha2-[[:alnum:]]+|sk-[[:alnum:]]+-[[:alnum:]@.-]+|[?&][[:alnum:]_.-]*[sS]ig(nature)?'
  text=
  # What passwd or chpasswd reads: virt-customize repeats a command that failed.
  if [[ $rest =~ ^.*(\|[^\|]*passwd) ]]; then rest="<hidden> ${BASH_REMATCH[1]}${rest#"${BASH_REMATCH[0]}"}"; fi
  if [[ $rest =~ passwd[^\|]*\<\<.*$ ]]; then rest=${rest%"${BASH_REMATCH[0]}"}'passwd <hidden>'; fi
  # What follows a scheme, or the name of a cookie, is a secret to the end of the line.
  if [[ $rest =~ ([aA][uU][tT][hH][oO][rR][iI][zZ][aA][tT][iI][oO][nN]|[cC][oO][oO][kK][iI][eE])[\"\']?[[:space:]]*[:=][[:space:]]*[\"\']?(($scheme)[[:space:]=])? ]]; then
    header=${BASH_REMATCH[0]}'<hidden>'
    rest=${rest%%"${BASH_REMATCH[0]}"*}
  fi
  # A slash may be part of a password; behind a number it begins the path.
  while [[ $rest =~ ://([^/:[:space:]]*:[0-9]*[^0-9/[:space:]\"\'][^[:space:]\"\']*|[^/[:space:]\"\']*)@ ]]; do
    value=
    [[ ${BASH_REMATCH[1]} != *:* ]] || value=${BASH_REMATCH[1]%%:*}:
    text+=${rest%%"${BASH_REMATCH[0]}"*}://$value'<hidden>@'
    rest=${rest#*"${BASH_REMATCH[0]}"}
  done
  rest=$text$rest text=
  # A program that complains about a value says it in a sentence of its own.
  if [[ $rest =~ ($name)[[:alnum:]_-]*:[[:space:]]+[^[:space:]\"\'] ]]; then
    header=${BASH_REMATCH[0]%?}'<hidden>'
    rest=${rest%%"${BASH_REMATCH[0]}"*}
  fi
  while [[ $rest =~ (($name)[[:alnum:]_-]*|$key)[\"\']?[[:space:]]*[=:[:space:]][[:space:]]*($quoted|[^[:space:]\&\"\']+) ]]; do
    value=${BASH_REMATCH[-2]} quote=
    [[ $value != [\"\']* ]] || quote=${value:0:1}
    text+=${rest%%"${BASH_REMATCH[0]}"*}${BASH_REMATCH[0]%"$value"}$quote'<hidden>'$quote
    rest=${rest#*"${BASH_REMATCH[0]}"}
  done
  text+=$rest$header
}
