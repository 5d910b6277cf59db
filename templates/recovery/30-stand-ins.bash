# shellcheck shell=bash

# Puts functions in front of the programs whose failures matter. Only of those that exist: scripts look for
# virt-customize with `command -v`, which finds a function too.
_vm_stand_in_for_programs() {
  local - program
  # Exported, they would stand in other scripts without the rest of the library.
  set +a
  for program in qm pvesm curl wget virt-customize virt-resize qemu-img xz unxz gunzip unzip apt-get apt mkdir whiptail \
    tar sha1sum sha256sum sha512sum md5sum b2sum; do
    if type -P "$program" >/dev/null && ! declare -F -- "$program" >/dev/null; then
      eval "$program() { _vm_call $program \"\$@\"; }"
    fi
  done
}

# The words of a command for the log, without secrets; the result is in `line`.
_vm_command_line() {
  local word hide='' text secret='^--?([a-z0-9]+-)*(cipassword|sshkeys?|password|passwd|pass|token|secret|bearer|proxy-user|cookie)'
  line=
  for word; do
    if [[ -n $hide ]]; then
      word='<hidden>' hide=
    else
      # The whole value: it may hold anything.
      if [[ $word =~ $secret= || $1 == curl && $word =~ ^-[^-]*([uU][^:]*:|b[^=]*=) ]]; then
        word=${BASH_REMATCH[0]}'<hidden>'
      else
        _vm_redact "$word"
        word=$text
      fi
    fi
    [[ $word =~ $secret$ || $1 == curl && $word =~ ^(-[^-]*[buU]|--user)$ ]] && hide=1
    line+="${line:+ }${word//[$'\n\r']/ }"
  done
  line=${line:0:2000}
}

# What kind of command it is; the result is in `kind`: `query` changes nothing, `makes` has to work before anything
# else makes sense, `undo` removes, `other` changes something. `verb` is its name, the same for all its spellings, and
# `operands` are the words behind that without the options.
_vm_kind() {
  local word value=''
  verb=$1
  kind=other
  operands=()
  case $1 in
  qm | pvesm)
    verb="$1 ${2:-}"
    shift "$(($# < 2 ? $# : 2))"
    case $verb in
    "qm disk" | "qm guest")
      verb+=" ${1:-}"
      shift "$(($# > 0))"
      ;;
    "qm importdisk") verb="qm disk import" ;;
    "qm resize") verb="qm disk resize" ;;
    esac
    # An option takes the next word as its value, unless that is an option too.
    for word; do
      case $word in
      -*=*) value='' ;;
      -?*) value=1 ;;
      *)
        [[ -n $value ]] || operands+=("$word")
        value=''
        ;;
      esac
    done
    case $verb in
    "qm create" | "qm disk import" | "pvesm alloc") kind=makes ;;
    "qm status" | "qm list" | "qm config" | "qm guest"* | "qm showcmd" | "qm pending" | "qm agent" | "pvesm status" | "pvesm list" | "pvesm path") kind=query ;;
    "qm stop" | "qm destroy" | "qm shutdown" | "pvesm free") kind=undo ;;
    esac
    [[ ${word:-} != --help ]] || kind=query
    ;;
  xz | unxz | gunzip | unzip)
    verb=unpack
    kind=makes
    [[ ! " $* " =~ ' '(-[[:alpha:]]*[tl][[:alpha:]]*|--test|--list)' ' ]] || kind=check
    ;;
  curl | wget)
    kind=check
    [[ " $* " != *" -I "* && " $* " != *" -fsI "* && " $* " != *" --head "* ]] || kind=query
    ;;
  qemu-img) [[ ${2:-} != info && ${2:-} != check ]] || kind=query ;;
  tar | whiptail) kind=check ;;
  *sum)
    kind=query
    [[ ! " $* " =~ ' '(-[[:alpha:]]*c[[:alpha:]]*|--check)' ' ]] || kind=check
    ;;
  mkdir) kind=query ;;
  esac
}

# Runs a program for the script, whose last match of a regex stays what it was.
_vm_call() {
  local -a matched=("${BASH_REMATCH[@]}")
  _vm_run_program "$@"
  set -- "$?"
  BASH_REMATCH=("${matched[@]}")
  return "$1"
}

# The same: with its stderr kept and its results noted. Its status is the program's.
_vm_run_program() {
  local - kind verb line _vm_status=0 _vm_out='' _vm_err='' text IFS=$' \t\n'
  local -a operands
  # Its shell was killed, and with it whoever would look after what follows.
  kill -0 "$$" 2>/dev/null || exit 137
  # A script may write with `set -C` or `set -f`; what follows must not.
  set +Cf
  # What the last command printed is not this one's.
  [[ ! -s $_VM_RUN/words.$BASHPID ]] || : >"$_VM_RUN/words.$BASHPID"
  _vm_kind "$@"
  _vm_note_work_file "${FILE_IMG:-}"
  _vm_note_work_file "${WORK_FILE:-}"
  if [[ $kind != query && $kind != undo && $kind != check ]]; then
    _vm_stop_after_swallowed || return
    [[ ! -s $_VM_RUN/unused ]] || : >"$_VM_RUN/unused"
  fi
  case $1 in
  qm | pvesm)
    [[ $kind != undo ]] || _vm_may_undo "$@" || return 0
    _vm_before_node_command "$@"
    # Somebody talks to these, or what they print is a whole volume.
    if [[ $verb == @(qm terminal|qm monitor|pvesm export) ]]; then
      _vm_capture stderr "$@" || _vm_status=$?
    else
      _vm_capture both "$@" || _vm_status=$?
    fi
    _vm_after_node_command "$@" || _vm_status=1
    ;;
  curl | wget) _vm_fetch "$@" || _vm_status=$? ;;
  virt-customize) _vm_customize "$@" || _vm_status=$? ;;
  whiptail)
    _vm_show_dialog "$@" || _vm_status=$?
    # An answer mends nothing that failed before, and what is asked or told is no message of a program.
    ((_vm_status != 0)) || return 0
    set -- whiptail
    ;;
  mkdir)
    _vm_make_directories "$@" || _vm_status=$?
    return "$_vm_status"
    ;;
  xz | unxz | gunzip)
    _vm_note_unpacked "${@:2}"
    # A download that is kept for the next attempt has a second name, which they refuse without -f. With -c they don't,
    # and would copy what is no archive as it is.
    if [[ -s $_VM_RUN/kept && ! " $* " =~ ' '(-[^- ]*[cflt][^- ]*|--(stdout|to-stdout|force|test|list))' ' ]] &&
      ! _vm_would_overwrite "${@:2}"; then
      _vm_capture stderr "$1" -f "${@:2}" || _vm_status=$?
    else
      _vm_capture stderr "$@" || _vm_status=$?
    fi
    ;;
  apt-get | apt)
    _vm_capture stderr "$@" || _vm_status=$?
    _vm_stand_in_for_programs
    ;;
  *)
    [[ $1 != qemu-img ]] || _vm_part_from_kept "$@"
    _vm_capture stderr "$@" || _vm_status=$?
    ;;
  esac
  _vm_record "$@"
  return "$_vm_status"
}

# Whether unpacking one of $@ would overwrite a file: without -f the program refuses, as it does without this library.
_vm_would_overwrite() {
  local word
  for word; do
    [[ $word == -* || ! -f $word || ! -e ${word%.*} ]] || return 0
  done
  return 1
}

# What comes out of an archive that this run fetched is this run's too: the next attempt unpacks it again.
_vm_note_unpacked() {
  local word
  for word; do
    [[ $word == /* ]] || word=$PWD/$word
    [[ ! -f $word || $word != *.* || -e ${word%.*} ]] || ! _vm_noted file "$word" || _vm_note file "${word%.*}"
  done
}

# A file between download and import, by the names that scripts give it. Not one that was there before.
_vm_note_work_file() {
  [[ -n $1 && $1 != "$_VM_SCRATCH"/* ]] || return 0
  local path=$1
  [[ $path == /* ]] || path=$PWD/$path
  [[ $path != "${_VM_WORK_FILE:-}" ]] || return 0
  _VM_WORK_FILE=$path
  vm_path_exists "$path" || _vm_note work "$path"
}

# Runs the program with its outputs in files, then shows them to whoever the script wanted to see them.
_vm_capture() {
  local what=$1 out=$_VM_RUN/out.$BASHPID err=$_VM_RUN/err.$BASHPID status=0 captured
  shift
  if [[ $what == both ]]; then
    command "$@" >"$out" 2>"$err" || status=$?
    _vm_replay "$out"
    _vm_out=$captured
  else
    command "$@" 2>"$err" || status=$?
  fi
  _vm_replay "$err" >&2
  _vm_err=$captured
  return "$status"
}

# Prints a file; the result is its text in `captured`, or the end of a long one.
_vm_replay() {
  local LC_ALL=C
  IFS= read -r -N 16384 captured <"$1" || true
  if ((${#captured} < 16384)); then
    [[ -z $captured ]] || printf '%s' "$captured" || true
  else
    command cat -- "$1" || true
    { captured=$(command tail -c 16384 -- "$1"); } 2>/dev/null || true
  fi
}

# Writes $1 into the log, and into a file that holds its end: what failed is read from there, however long the log is.
_vm_log() {
  local LC_ALL=C position='' recent
  printf '%s' "$1" >>"$_VM_LOG" || true
  {
    printf '%s' "$1" >&3
    # The file's length, without a process.
    read -r _ position </proc/self/fdinfo/3
  } 3>>"$_VM_RUN/recent" || true
  ((${position:-0} > 65536)) || return 0
  IFS= read -r -N "$position" recent <"$_VM_RUN/recent" || true
  printf '%s' "${recent: -16384}" >"$_VM_RUN/recent" || true
}

# Writes a finished command into the log and remembers the last one that failed.
_vm_record() {
  local status=$_vm_status text entry
  _vm_command_line "$@"
  # gunzip's 2 is a warning: the image is there.
  [[ $1 != gunzip || $status -ne 2 ]] || status=0
  entry="\$ $line"$'\n'
  if [[ -n $_vm_err ]]; then
    _vm_redact "$_vm_err"
    entry+=${text%$'\n'}$'\n'
  fi
  if [[ $status -ne 0 && -n $_vm_out ]]; then
    _vm_redact "$_vm_out"
    entry+=${text%$'\n'}$'\n'
  fi
  ((status == 0)) || entry+="(exit code $status)"$'\n'
  _vm_log "$entry"
  [[ $kind != query && $kind != undo ]] || return 0
  if ((status != 0)); then
    printf '%s\n%s\n%s\n%s\n' "$status" "$line" "$kind $verb" "$BASHPID" >"$_VM_RUN/failed"
    [[ $kind == check ]] || printf '%s\n' "$line" >>"$_VM_RUN/passed-over"
    [[ $kind != makes ]] || printf '%s\n%s\n' "$status" "$verb" >"$_VM_RUN/swallowed"
  elif [[ -e $_VM_RUN/failed ]]; then
    local -a failed
    mapfile -t failed <"$_VM_RUN/failed"
    # The same command worked at last, or the script went on without: what failed before does not matter any more.
    if [[ ${failed[2]:-} == "$kind $verb" ]]; then : >"$_VM_RUN/swallowed"; fi
    if [[ ${failed[2]:-} == "$kind $verb" || ${failed[2]:-} != makes* ]]; then : >"$_VM_RUN/failed"; fi
  fi
}

# A command that makes something failed, and the script went on as if it had not: the attempt ends here.
_vm_stop_after_swallowed() {
  [[ -s $_VM_RUN/swallowed ]] || return 0
  local -a swallowed
  mapfile -t swallowed <"$_VM_RUN/swallowed"
  [[ ${swallowed[1]:-} != "$verb" ]] || return 0
  [[ $BASHPID != "${_VM_ATTEMPT_PID:-}" ]] || exit "${swallowed[0]}"
  return "${swallowed[0]}"
}

# After success: what the script did not mind, but its user may.
_vm_tell_passed_over() {
  local line previous=''
  [[ -s $_VM_RUN/passed-over ]] || return 0
  while IFS= read -r line; do
    [[ $line == "$previous" ]] || _vm_say "The script went on although this failed: $line"
    previous=$line
  done <"$_VM_RUN/passed-over"
}

# The script's own handlers stop and destroy by number: only what this run made.
_vm_may_undo() {
  local config word
  local -a words=("${operands[0]:-}")
  if [[ $1 == pvesm ]]; then
    _vm_owns_volume "${operands[0]:-}" && return 0
    printf '# not done, volume %s is not ours: %s\n' "${operands[0]:-}" "$verb" >>"$_VM_LOG" || true
    return 1
  fi
  # A flag in front may have swallowed the number; a value that is taken for one then only makes this stricter.
  [[ -n ${words[0]} ]] || words=("${@:3}")
  for word in "${words[@]}"; do
    [[ $word =~ ^[1-9][0-9]{2,8}$ ]] || continue
    _vm_is_ours "$word" && continue
    printf '# not done, VM %s is not ours: %s\n' "$word" "$verb" >>"$_VM_LOG" || true
    return 1
  done
}

# Notes a VM that is about to be made: its number and the name that it gets.
_vm_note_creation() {
  local word previous='' name=''
  for word; do
    [[ $previous != -name && $previous != --name ]] || name=$word
    [[ $word != -name=* && $word != --name=* ]] || name=${word#*=}
    previous=$word
  done
  _vm_note creating "${operands[0]:-} $name"
}

# Notes a VM that was made, and what will tell it from a later one with its number.
_vm_note_machine() {
  local config='' identity='' vm_name
  [[ ! -r /etc/pve/qemu-server/$1.conf ]] || _vm_read_config "$1"
  _vm_identify "$config"
  [[ -z $identity ]] || _vm_note identity "$1 $identity"
  _vm_note vm "$1"
}

_vm_before_node_command() {
  printf '%s\0' "$@" >"$_VM_RUN/words.$BASHPID"
  [[ $verb != @(qm create|qm set) ]] || _vm_note_allocations import "$@"
  case $verb in
  "qm create")
    _vm_keep_customized
    # A configuration that is there already is not this command's.
    [[ -e /etc/pve/qemu-server/${operands[0]:-}.conf ]] || _vm_note_creation "$@"
    ;;
  "pvesm alloc") _vm_note alloc "${operands[0]:-}:${operands[2]:-}" ;;
  "qm disk import")
    _vm_keep_customized
    _vm_note import "${operands[2]:-}:${operands[0]:-}"
    ;;
  "qm sendkey") [[ -e $_VM_RUN/keys ]] || : >"$_VM_RUN/keys" ;;
  esac
}

# Notes volume $1 on the storage on which a command makes volumes. With two, it could be another's of the same name on the
# other one: then only what the command says at its end counts.
_vm_note_name() {
  local word volume=$1 new_disk='^(-[^=]*=)?([[:alpha:]][[:alnum:]._-]*):([0-9.]+|cloudinit)(,|$)'
  local -a storages=()
  case $verb in
  "pvesm alloc") storages=("${operands[0]:-}") ;;
  "qm disk import") storages=("${operands[2]:-}") ;;
  *)
    for word in "${@:3}"; do
      [[ $word =~ $new_disk && ${BASH_REMATCH[2]} != "${storages[0]:-}" ]] || continue
      storages+=("${BASH_REMATCH[2]}")
    done
    ;;
  esac
  ((${#storages[@]} != 1)) || _vm_note name "${storages[0]}:$volume"
}

# Notes the storages on which `qm create` and `qm set` make volumes, which not every storage names ($1: import), and that
# they came to their end (import-ended).
_vm_note_allocations() {
  local word new_disk='^(-[^=]*=)?([[:alpha:]][[:alnum:]._-]*):([0-9.]+|cloudinit)(,|$)'
  for word in "${@:3}"; do
    [[ ! $word =~ $new_disk ]] || _vm_note "$1" "${BASH_REMATCH[2]}:${operands[0]:-}"
  done
}

# Notes what a node command made. Status 1 when it failed and exited 0.
_vm_after_node_command() {
  # By a regex: a pattern like *@(…)* takes seconds for a long text.
  local trouble="rror|failed|nsufficient|unable|cannot|can't|not permitted|not supported|does not exist|is locked"
  local rest=$_vm_out$'\n'$_vm_err re="uccessfully (created|created disk|imported disk|imported disk as) '([^']+)'" volume=''
  [[ $_vm_status != 137 ]] || _vm_end_orphans
  if [[ $verb == "qm create" ]]; then
    if ((_vm_status == 0)); then
      _vm_note_machine "${operands[0]:-}"
    elif [[ $_vm_status != @(129|130|137|143) ]]; then
      _vm_note not-created "${operands[0]:-}"
    else
      # Killed, by the kernel when memory is short, it leaves the lock that it set, and a task that goes on for a moment.
      _vm_wait_for_worker "${operands[0]:-}"
    fi
  fi
  # Whose a name is, only the end of the command tells: taken already, never begun, or (ZFS) made and not seen in time.
  if [[ $verb == "pvesm alloc" && $_vm_status != @(129|130|137|143) ]]; then
    _vm_note alloc-ended "${operands[0]:-}:${operands[2]:-}"
    if ((_vm_status == 0)) || [[ $_vm_err == *"no zvol device link"* ]]; then
      _vm_note name "${operands[0]:-}:${operands[2]:-}"
    fi
  fi
  # What other commands print, a guest's answer or a description, may say anything.
  [[ $verb == @(qm create|qm set|qm disk import|pvesm alloc) ]] || rest=
  while [[ $rest =~ $re ]]; do
    volume=${BASH_REMATCH[2]%%,*}
    rest=${rest#*"${BASH_REMATCH[0]}"}
    _vm_note volume "${volume#unused[0-9]:}"
  done
  [[ $verb != @(qm create|qm set) || $_vm_status -ne 0 ]] || _vm_note_allocations import-ended "$@"
  # Finished and named: nothing is left to guess.
  if [[ $verb == "qm disk import" && -n $volume ]]; then _vm_note import-ended "${operands[2]:-}:${operands[0]:-}"; fi
  [[ $verb != @(qm create|qm set|qm disk import|pvesm alloc) ]] || rest=$_vm_out$'\n'$_vm_err
  # ZFS had made a volume when it did not see its device in time.
  while [[ $rest =~ (Logical volume \"([^\"]+)\" created|Formatting \'([^\']+)\'|no zvol device link for \'([^\']+)\') ]]; do
    volume=${BASH_REMATCH[2]:-${BASH_REMATCH[4]:-${BASH_REMATCH[3]##*/}}}
    rest=${rest#*"${BASH_REMATCH[0]}"}
    _vm_note_name "$volume" "$@"
  done
  # The script removed it itself: the number may be another's soon.
  [[ $verb != "qm destroy" && $verb != "pvesm free" ]] || _vm_forget_removed
  case $verb in
  "qm disk resize" | "pvesm free" | "qm destroy")
    # A disk that is larger than asked for is no failure: several scripts ask for less than their image has.
    [[ $_vm_err != *"shrinking disks is not supported"* ]] || return 0
    rest=${_vm_err//"Setting locale failed"/}
    [[ $_vm_status -ne 0 || ! $rest =~ $trouble ]]
    ;;
  esac
}
