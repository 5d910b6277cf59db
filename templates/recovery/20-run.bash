# shellcheck shell=bash

# Makes a file that nobody had, mode 0600, never through a link.
_vm_create_file() {
  local - _mask='' _key
  [[ ! -e $1 && ! -L $1 ]] || return 1
  # A look into /proc in place of $(umask): no process.
  while read -r _key _mask && [[ $_key != Umask: ]]; do :; done </proc/self/status
  umask 077
  set -C
  { : >"$1"; } 2>/dev/null || {
    umask "${_mask:-022}"
    return 1
  }
  umask "${_mask:-022}"
  [[ -f $1 && ! -L $1 && -O $1 ]]
}

_vm_is_own_directory() {
  [[ -d $1 && ! -L $1 && -O $1 ]]
}

# Opens the journal's directory, the scratch directory and the log of this run. Status 1 after a message.
_vm_open_run() {
  local _base=/run/vm-recovery _started _name
  local _tmp=${TMPDIR:-/tmp} _log=${VM_ERROR_LOG:-/tmp/vm-install-$VMID.log}
  # The section may change the directory.
  [[ $_tmp == /* ]] || _tmp=$PWD/$_tmp
  [[ $_log == /* ]] || _log=$PWD/$_log
  _vm_process_start "$$" || _started=0
  _name=$$.$_started.$RANDOM$RANDOM
  _VM_RUN=$_base/$_name
  _VM_SCRATCH=$_tmp/vm-recovery.$_name
  if [[ -e $_base || -L $_base ]]; then _base=; fi
  command mkdir -m 0700 -- ${_base:+"$_base"} "$_VM_RUN" "$_VM_SCRATCH" 2>/dev/null || true
  _base=/run/vm-recovery
  if ! _vm_is_own_directory "$_base" || ! _vm_is_own_directory "$_VM_RUN" || ! _vm_is_own_directory "$_VM_SCRATCH"; then
    command rm -rf -- "$_VM_RUN" 2>/dev/null || true
    _vm_say "Can't write to $_base or $_tmp: free some space there, or point TMPDIR elsewhere, and start again. Nothing was changed."
    return 1
  fi
  if ! _vm_create_file "$_log"; then
    [[ ! -e $_log && ! -L $_log ]] || _vm_say "$_log exists and is left alone; the log is $_log.$_name"
    _log=$_log.$_name
    _vm_create_file "$_log" || _log=
  fi
  if [[ -z $_log ]] || ! { printf '# VM %s, %(%F %T)T\n' "$VMID" -1 >"$_log" && : >"$_VM_RUN/journal"; } 2>/dev/null; then
    command rm -rf -- "$_VM_RUN" "$_VM_SCRATCH" ${_log:+"$_log"}
    _vm_say "Can't write the log to ${VM_ERROR_LOG:-/tmp}: free some space there, or set VM_ERROR_LOG, and start again. Nothing was changed."
    return 1
  fi
  _VM_LOG=$_log
  : >"$_VM_RUN/attempt"
  VM_ERROR_LOG=$_log
  _vm_note scratch "$_VM_SCRATCH"
  # The script removes it itself, unless it is killed. One that came from outside is not the script's.
  # Only a name that `mktemp -d` gives, alone or with the script's own in front.
  if [[ ${TEMP_DIR@a} != *x* && ${TEMP_DIR:-} =~ ^(/var)?/tmp/(tmp\.[[:alnum:]]{10}|[[:alnum:]-]+-vm\.[[:alnum:]]{6})$ ]]; then
    _vm_note temp "$TEMP_DIR"
    printf '%s\0' "$TEMP_DIR"/{,.[!.],..?}* >"$_VM_RUN/before"
  fi
}

# Whether something is mounted in a directory or below, known by the end of its path: /tmp may be a link. The result is in
# `_point`.
_vm_find_mount() {
  while read -r _ _ _ _ _point _; do
    # A blank is \040 there.
    printf -v _point %b "$_point"
    [[ $_point/ != */"$1"/* ]] || return 0
  done </proc/self/mountinfo
  return 1
}

# Whether $1 or, with $2, $1/$2 has to stay: what is mounted there may be anybody's. The user is told.
_vm_holds_mount() {
  local _point _remove
  _vm_find_mount "${1##*/}${2:+/$2}" || return 1
  printf -v _remove 'umount %q; rm -r %q' "$_point" "$1${2:+/$2}"
  _vm_leftover "$1${2:+/$2}, with a mount in it" "$_remove"
}

# What an attempt left in the script's own directory would be in the way of the next one: unxz and ln refuse a name that
# is there already.
_vm_roll_back_temp() {
  local _kind _directory _name
  local -A _before=()
  [[ -e $_VM_RUN/before ]] || return 0
  while IFS= read -r -d '' _name; do _before[$_name]=1; done <"$_VM_RUN/before"
  # What is kept for the next attempt may lie there too.
  [[ ! -s $_VM_RUN/kept ]] || while IFS=$'\t' read -r _kind _name _directory; do _before[${_name:-/}]=1; done <"$_VM_RUN/kept"
  while IFS=$'\t' read -r _kind _directory; do
    if [[ $_kind != temp ]] || ! _vm_is_own_directory "$_directory"; then continue; fi
    for _name in "$_directory"/{,.[!.],..?}*; do
      [[ -n ${_before[$_name]:-} ]] || _vm_holds_mount "$_directory" "${_name##*/}" ||
        command rm -rf --one-file-system -- "$_name" || true
    done
  done <"$_VM_RUN/journal"
}

# Directories that were there before and that the section removed are there again.
_vm_restore_directories() {
  local _directory
  [[ -s $_VM_RUN/removed ]] || return 0
  while IFS= read -r -d '' _directory; do
    [[ -d $_directory ]] || command mkdir -p -m 0700 -- "$_directory" || true
  done <"$_VM_RUN/removed"
  builtin cd -- "$PWD" || true
}

# A line of the journal: what was made, so that exactly that can be removed.
_vm_note() {
  printf '%s\t%s\n' "$1" "${2//[$'\n\t']/ }" >>"$_VM_RUN/journal"
}

# Status 0 when the journal has this line.
_vm_noted() {
  local _line
  while IFS= read -r _line; do
    [[ $_line != "$1"$'\t'"$2" ]] || return 0
  done <"$_VM_RUN/journal"
  return 1
}

# Removes what this run kept for itself: the journal, the scratch directory, second names of downloads, and $@.
_vm_close_run() {
  local _kind _value
  local -a _parts=()
  _vm_holds_mount "$_VM_SCRATCH" || _parts=("$_VM_SCRATCH")
  while IFS=$'\t' read -r _kind _value; do
    [[ $_kind != part ]] || _parts+=("$_value")
  done <"$_VM_RUN/journal"
  command rm -rf -- "$_VM_RUN" "${_parts[@]}" "$@"
}
