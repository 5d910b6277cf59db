# shellcheck shell=bash

# When process $1 started, in clock ticks since boot; the result is in `started`. Tells a process from a later one
# with the same id.
_vm_process_start() {
  local stat
  started=
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  # The name in parentheses may hold anything: count from behind it.
  stat=${stat##*) }
  local -a fields
  read -ra fields <<<"$stat"
  started=${fields[19]}
}

# Makes a file that nobody had, mode 0600, never through a link.
_vm_create_file() {
  [[ ! -e $1 && ! -L $1 ]] || return 1
  (
    umask 077
    set -C
    : >"$1"
  ) 2>/dev/null && [[ -f $1 && ! -L $1 && -O $1 ]]
}

# Opens the journal's directory, the scratch directory and the log of this run. Status 1 after a message.
_vm_open_run() {
  local base=/run/vm-recovery started name
  local tmp=${TMPDIR:-/tmp}
  _vm_process_start "$$" || started=0
  name=$$.$started.$RANDOM$RANDOM
  _VM_RUN=$base/$name
  _VM_SCRATCH=$tmp/vm-recovery.$name
  [[ -d $base ]] || command mkdir -m 0700 -- "$base" 2>/dev/null || true
  if [[ ! -d $base || -L $base || ! -O $base ]] || ! command mkdir -m 0700 -- "$_VM_RUN" "$_VM_SCRATCH" 2>/dev/null; then
    command rm -rf -- "$_VM_RUN" 2>/dev/null || true
    _vm_say "Can't write to $base or $tmp: free some space there, or point TMPDIR elsewhere, and start again. Nothing was changed."
    return 1
  fi
  local log=${VM_ERROR_LOG:-/tmp/vm-install-$VMID.log}
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
  VM_ERROR_LOG=$log
  _vm_note scratch "$_VM_SCRATCH"
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

# Whether the journal of a run that is gone lists anything but its scratch directory; shows it.
_vm_show_dead_run() {
  local kind value shown=1
  while IFS=$'\t' read -r kind value; do
    case $kind in
    vm) _vm_say "  VM $value" ;;
    creating) _vm_say "  VM $value, if it was still being created" ;;
    volume | name) _vm_say "  volume $value" ;;
    file) [[ -e $value ]] && _vm_say "  file $value" ;;
    scratch | directory) [[ -d $value ]] && _vm_say "  directory $value" ;;
    esac && shown=0
  done <"$1/journal"
  return "$shown"
}

# Runs that were killed leave their journal: shows what it lists and offers to remove exactly that.
_vm_offer_dead_runs() {
  local directory pid begun started answer tty
  for directory in /run/vm-recovery/*/; do
    directory=${directory%/}
    [[ -f $directory/journal && ! -L $directory && -O $directory ]] || continue
    IFS=. read -r pid begun _ <<<"${directory##*/}"
    if [[ $pid =~ ^[0-9]+$ ]] && _vm_process_start "$pid" && [[ $started == "$begun" ]]; then
      continue
    fi
    _vm_say "An earlier run was killed and left:"
    if ! _vm_show_dead_run "$directory"; then
      _vm_say "  nothing"
      command rm -rf -- "$directory"
      continue
    fi
    answer=no
    if [[ ${VM_RECOVERY:-ask} == ask ]] && { exec {tty}<>/dev/tty; } 2>/dev/null; then
      answer=yes
      if type -P whiptail >/dev/null; then
        command whiptail --title "RECOVERY: an earlier run" --yesno "Remove what the killed run left?\n(It is listed above.)" 10 60 \
          <&"$tty" >&"$tty" 2>&1 || answer=no
      else
        printf 'Remove that now? [Y/n] ' >&"$tty"
        IFS= read -r -u "$tty" answer || answer=no
        [[ ${answer:-y} == [yY]* ]] && answer=yes || answer=no
      fi
      exec {tty}>&-
    fi
    if [[ $answer == yes ]]; then
      _VM_RUN=$directory _VM_LOG=${_VM_LOG:-/dev/null} _vm_clean_up && command rm -rf -- "$directory"
    else
      _vm_say "It is left as it is; its journal is $directory/journal"
    fi
  done
}
