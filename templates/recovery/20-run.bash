# shellcheck shell=bash

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

# Removes what this run kept for itself: the journal, the scratch directory, second names of downloads, and $@.
_vm_close_run() {
  local kind value
  local -a parts=()
  _vm_holds_mount "$_VM_SCRATCH" || parts=("$_VM_SCRATCH")
  while IFS=$'\t' read -r kind value; do
    [[ $kind != part ]] || parts+=("$value")
  done <"$_VM_RUN/journal"
  command rm -rf -- "$_VM_RUN" "${parts[@]}" "$@"
}
