# shellcheck shell=bash

# What the kernel says of process $1, from its state on; the result is in the array `fields`.
_vm_read_process() {
  local stat
  fields=()
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  # The name in parentheses may hold anything: count from behind it.
  read -ra fields <<<"${stat##*) }"
}

# When process $1 started, in clock ticks since boot; the result is in `started`. Tells a process from a later one
# with the same id.
_vm_process_start() {
  local -a fields
  started=
  _vm_read_process "$1" || return 1
  started=${fields[19]}
}

# Whether process $1 runs and is the one that started at $2.
_vm_is_process() {
  local started
  [[ $1 =~ ^[0-9]+$ ]] && _vm_process_start "$1" && [[ $started == "$2" ]]
}

# Makes a file that nobody had, mode 0600, never through a link.
_vm_create_file() {
  local - mask='' key
  [[ ! -e $1 && ! -L $1 ]] || return 1
  # A look into /proc in place of $(umask): no process.
  while read -r key mask && [[ $key != Umask: ]]; do :; done </proc/self/status
  umask 077
  set -C
  { : >"$1"; } 2>/dev/null || {
    umask "${mask:-022}"
    return 1
  }
  umask "${mask:-022}"
  [[ -f $1 && ! -L $1 && -O $1 ]]
}

_vm_is_own_directory() {
  [[ -d $1 && ! -L $1 && -O $1 ]]
}

# Opens the journal's directory, the scratch directory and the log of this run. Status 1 after a message.
_vm_open_run() {
  local base=/run/vm-recovery started name
  local tmp=${TMPDIR:-/tmp} log=${VM_ERROR_LOG:-/tmp/vm-install-$VMID.log}
  # The section may change the directory.
  [[ $tmp == /* ]] || tmp=$PWD/$tmp
  [[ $log == /* ]] || log=$PWD/$log
  _vm_process_start "$$" || started=0
  name=$$.$started.$RANDOM$RANDOM
  _VM_RUN=$base/$name
  _VM_SCRATCH=$tmp/vm-recovery.$name
  if [[ -e $base || -L $base ]]; then base=; fi
  command mkdir -m 0700 -- ${base:+"$base"} "$_VM_RUN" "$_VM_SCRATCH" 2>/dev/null || true
  base=/run/vm-recovery
  if ! _vm_is_own_directory "$base" || ! _vm_is_own_directory "$_VM_RUN" || ! _vm_is_own_directory "$_VM_SCRATCH"; then
    command rm -rf -- "$_VM_RUN" 2>/dev/null || true
    _vm_say "Can't write to $base or $tmp: free some space there, or point TMPDIR elsewhere, and start again. Nothing was changed."
    return 1
  fi
  if ! _vm_create_file "$log"; then
    [[ ! -e $log && ! -L $log ]] || _vm_say "$log exists and is left alone; the log is $log.$name"
    log=$log.$name
    _vm_create_file "$log" || log=
  fi
  if [[ -z $log ]] || ! { printf '# VM %s, %(%F %T)T\n' "$VMID" -1 >"$log" && : >"$_VM_RUN/journal"; } 2>/dev/null; then
    command rm -rf -- "$_VM_RUN" "$_VM_SCRATCH" ${log:+"$log"}
    _vm_say "Can't write the log to ${VM_ERROR_LOG:-/tmp}: free some space there, or set VM_ERROR_LOG, and start again. Nothing was changed."
    return 1
  fi
  _VM_LOG=$log
  : >"$_VM_RUN/attempt"
  VM_ERROR_LOG=$log
  _vm_note scratch "$_VM_SCRATCH"
  # The script removes it itself, unless it is killed. One that came from outside is not the script's.
  # Only a name that `mktemp -d` gives, alone or with the script's own in front.
  if [[ ${TEMP_DIR@a} != *x* && ${TEMP_DIR:-} =~ ^(/var)?/tmp/(tmp\.[[:alnum:]]{10}|[[:alnum:]-]+-vm\.[[:alnum:]]{6})$ ]]; then
    _vm_note temp "$TEMP_DIR"
    printf '%s\0' "$TEMP_DIR"/{,.[!.],..?}* >"$_VM_RUN/before"
  fi
}

# Whether something is mounted in a directory or below, known by the end of its path: /tmp may be a link. The result is in
# `point`.
_vm_find_mount() {
  while read -r _ _ _ _ point _; do
    # A blank is \040 there.
    printf -v point %b "$point"
    [[ $point/ != */"$1"/* ]] || return 0
  done </proc/self/mountinfo
  return 1
}

# Whether $1 or, with $2, $1/$2 has to stay: what is mounted there may be anybody's. The user is told.
_vm_holds_mount() {
  local point remove
  _vm_find_mount "${1##*/}${2:+/$2}" || return 1
  printf -v remove 'umount %q; rm -r %q' "$point" "$1${2:+/$2}"
  vm_leftover "$1${2:+/$2}, with a mount in it" "$remove"
}

# What an attempt left in the script's own directory would be in the way of the next one: unxz and ln refuse a name that
# is there already.
_vm_roll_back_temp() {
  local kind directory name
  local -A before=()
  [[ -e $_VM_RUN/before ]] || return 0
  while IFS= read -r -d '' name; do before[$name]=1; done <"$_VM_RUN/before"
  # What is kept for the next attempt may lie there too.
  [[ ! -s $_VM_RUN/kept ]] || while IFS=$'\t' read -r kind name directory; do before[${name:-/}]=1; done <"$_VM_RUN/kept"
  while IFS=$'\t' read -r kind directory; do
    if [[ $kind != temp ]] || ! _vm_is_own_directory "$directory"; then continue; fi
    for name in "$directory"/{,.[!.],..?}*; do
      [[ -n ${before[$name]:-} ]] || _vm_holds_mount "$directory" "${name##*/}" ||
        command rm -rf --one-file-system -- "$name" || true
    done
  done <"$_VM_RUN/journal"
}

# A line of the journal: what was made, so that exactly that can be removed.
_vm_note() {
  printf '%s\t%s\n' "$1" "${2//[$'\n\t']/ }" >>"$_VM_RUN/journal"
}

# Status 0 when the journal has this line.
_vm_noted() {
  local line
  while IFS= read -r line; do
    [[ $line != "$1"$'\t'"$2" ]] || return 0
  done <"$_VM_RUN/journal"
  return 1
}

# Shows what the journal of a run that is gone lists and is still there. Status 1 when that is nothing.
_vm_show_dead_run() {
  local _VM_RUN=$1 _VM_DEAD=1 kind value shown=1 volume config shown_machines=' '
  local -a named imported perhaps lines
  local -A seen=()
  _vm_parse_captures
  while IFS=$'\t' read -r kind value; do
    [[ -n $value && -z ${seen["$kind $value"]:-} ]] || continue
    seen["$kind $value"]=1
    case $kind in
    vm | creating) _vm_show_machine "${value%% *}" "${value#* }" ;;
    volume) ! _vm_is_anothers_volume "$value" && vm_volume_exists "$value" && _vm_say "  volume $value" ;;
    name)
      _vm_find_named "$value"
      for volume in "${named[@]}"; do _vm_is_anothers_volume "$volume" || _vm_say "  volume $volume"; done
      _vm_has_own "${named[@]}"
      ;;
    import)
      _vm_find_imported "$value" || _vm_say "  perhaps a volume of VM ${value#*:} on ${value%%:*}, which does not answer"
      for volume in "${imported[@]}"; do _vm_say "  volume $volume"; done
      for volume in "${perhaps[@]}"; do
        _vm_say "  perhaps volume $volume, which is not touched: see pvesm list ${volume%%:*}"
      done
      ((${#imported[@]} > 0))
      ;;
    alloc)
      imported=() named=()
      ! _vm_is_open alloc "$value" || _vm_find_named "$value" || named=("$value")
      for volume in "${named[@]}"; do
        if ! _vm_is_new_volume "$volume"; then
          _vm_say "  perhaps volume $volume, which is not touched: see pvesm list ${value%%:*}"
        elif ! _vm_is_anothers_volume "$volume"; then
          imported+=("$volume")
          _vm_say "  volume $volume"
        fi
      done
      ((${#imported[@]} > 0))
      ;;
    file | work | part) [[ -e $value ]] && ! _vm_is_guests_medium "$value" && _vm_say "  file $value" ;;
    scratch | temp | directory) [[ -d $value ]] && _vm_say "  directory $value" ;;
    *) false ;;
    esac && shown=0
  done <"$1/journal"
  return "$shown"
}

# Shows a VM of a run that is gone, once. Status 1 when there is none that is known to be its own.
_vm_show_machine() {
  local identity vm_name
  [[ $shown_machines != *" $1 "* ]] || return 1
  if _vm_is_ours "$1"; then
    vm_exists "$1" || return 1
    shown_machines+="$1 "
    _vm_say "  VM $1"
    return 0
  fi
  # Its `qm create` may have ended after the kill, with nobody there to note it.
  [[ $kind == creating ]] || return 1
  _vm_identify "$config"
  [[ -z $config || $vm_name != "$2" ]] ||
    _vm_say "  perhaps VM $1 ('$vm_name'), which is not touched: see qm config $1"
  return 1
}

# Removes what a dead run's journal lists, then the journal, unless something of its own is left.
_vm_remove_dead_run() {
  local _VM_RUN=$1 _VM_DEAD=1 _VM_LOG=/dev/null kind value left=''
  local -a imported perhaps
  while IFS=$'\t' read -r kind value; do
    case $kind in
    scratch | temp) ! _vm_is_own_directory "$value" || _vm_holds_mount "$value" || command rm -rf -- "$value" ;;
    esac
  done <"$_VM_RUN/journal"
  _vm_clean_up || _vm_say "Not everything could be removed; see above."
  _vm_forget_removed
  while IFS=$'\t' read -r kind value; do
    case $kind in
    vm | creating | volume | name | file | work) left=1 ;;
    import) _vm_find_imported "$value" || left=1 ;;
    esac
  done <"$_VM_RUN/journal"
  if [[ -n $left ]]; then
    _vm_say "The journal of what is left is $_VM_RUN/journal"
  else
    command rm -rf -- "$_VM_RUN"
  fi
}

# Runs that were killed leave their journal: shows what it lists and offers to remove exactly that.
_vm_offer_dead_runs() {
  local directory pid begun
  for directory in /run/vm-recovery/*/; do
    directory=${directory%/}
    _vm_is_own_directory "$directory" || continue
    IFS=. read -r pid begun _ <<<"${directory##*/}"
    ! _vm_is_process "$pid" "$begun" || continue
    if [[ ! -f $directory/journal ]]; then
      # Killed before it did anything.
      command rm -rf -- "$directory" "${TMPDIR:-/tmp}/vm-recovery.${directory##*/}"
      continue
    fi
    { read -r pid begun <"$directory/attempt"; } 2>/dev/null || pid=
    if _vm_is_process "$pid" "$begun"; then
      _vm_say "An earlier run was killed, and its last command is still at work (process $pid); the next run looks after it."
      continue
    fi
    _vm_say "An earlier run was killed and left:"
    if ! _vm_show_dead_run "$directory"; then
      _vm_say "  nothing"
      command rm -rf -- "$directory"
      continue
    fi
    if _vm_may_ask && (
      trap '' TSTP TTIN TTOU
      _vm_prompt_yes "RECOVERY: an earlier run" "Remove what the killed run left? (It is listed above.)" yes
    ); then
      _vm_remove_dead_run "$directory"
    else
      _vm_say "It is left as it is; its journal is $directory/journal"
    fi
  done
}
