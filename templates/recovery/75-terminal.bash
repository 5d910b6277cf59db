# shellcheck shell=bash

# Whether there is a terminal to ask at. In the background of one, a dialog would wait for keys that others get.
_vm_has_terminal() {
  local _stat
  local -a _fields
  { : <>/dev/tty; } 2>/dev/null || return 1
  # The worker of a node command takes the terminal; killed, it leaves it to a group that is gone.
  if _vm_read_process "$BASHPID" && [[ ${_fields[2]} != "${_fields[5]}" ]] && ! kill -0 -- "-${_fields[5]}" 2>/dev/null; then
    (
      trap '' TTOU
      command perl -e 'use POSIX; open(my $tty, "+<", "/dev/tty"); tcsetpgrp(fileno($tty), getpgrp)' 2>/dev/null
    ) || true
  fi
  read -r _stat </proc/self/stat
  # Behind the name: state, parent, process group, session, terminal, and the terminal's foreground group (proc(5)).
  read -ra _fields <<<"${_stat##*) }"
  [[ ${_fields[2]} == "${_fields[5]}" ]]
}

# Whether somebody at a terminal is to be asked.
_vm_may_ask() {
  [[ ${VM_RECOVERY:-ask} == ask ]] && _vm_has_terminal
}

# `type -P` also finds a file that can't be run. Where the cursor can't be placed, whiptail shows nothing.
_vm_has_whiptail() {
  local _path
  _path=$(type -P whiptail) && [[ -x $_path && ${TERM:-dumb} != @(dumb|unknown) ]] || return 1
  ! type -P tput >/dev/null || command tput cup 0 0 >/dev/null 2>&1
}

# The terminal's size, in `_height` and `_width`, which is no more than reads well.
_vm_screen_size() {
  local _size
  _size=$(command stty size 2>/dev/null </dev/tty) || return 0
  [[ $_size =~ ^([1-9][0-9]*)\ ([1-9][0-9]*)$ ]] || return 0
  # Above a box stands whose script it is.
  _height=$((BASH_REMATCH[1] > 12 ? BASH_REMATCH[1] - 2 : BASH_REMATCH[1])) _width=${BASH_REMATCH[2]}
  ((_width <= 100)) || _width=100
  ((_width >= 40)) || _width=40
}

# Adds the lines that whiptail makes of $1, in a box of `_width`, to `_rows`: it breaks at blanks, and in longer words.
_vm_count_rows() {
  local _line _head
  while IFS= read -r _line; do
    _rows=$((_rows + 1))
    while ((${#_line} > _width - 4)); do
      _head=${_line:0:_width-4}
      [[ ${_head% *} != *[![:space:]]* ]] || _head=${_head% *}
      _line=${_line:${#_head}}
      _line=${_line#"${_line%%[! ]*}"}
      _rows=$((_rows + 1))
    done
  done <<<"$1"
}

# Runs $@, which asks at the terminal and prints the answer, as a job, so that a signal need not wait for the user. The
# result is in `_answer`. Status 1 without an answer.
_vm_await() {
  local _status
  _answer=
  [[ -z $_VM_SIGNAL ]] || return 1
  # A job that talks to the terminal must not be stopped by it.
  (
    trap '' TSTP TTIN TTOU
    # What was typed before the question is no answer to it, whole lines (-n) or not. whiptail sees to that itself.
    while _vm_has_terminal && IFS= read -r -s -n 1000 -t 0.01 _ </dev/tty; do :; done
    "$@"
  ) >"$_VM_RUN/answer" &
  _vm_wait_for "$!"
  if [[ -n $_VM_SIGNAL ]]; then
    _vm_reset_terminal sane
    return 1
  fi
  IFS= read -r _answer <"$_VM_RUN/answer" || true
  return "$_status"
}

# Shows a whiptail dialog for at most VM_RECOVERY_TIMEOUT seconds and prints its answer. Status: whiptail's, not 0
# without an answer.
_vm_dialog() {
  local _saved _status=0
  local -a _limit=()
  [[ ${VM_RECOVERY_TIMEOUT:-0} == 0 ]] || _limit=(timeout --foreground "$VM_RECOVERY_TIMEOUT")
  _saved=$(command stty -g </dev/tty 2>/dev/null) || _saved=sane
  command "${_limit[@]}" whiptail --backtitle "Proxmox VE Helper Scripts" "$@" 3>&1 1>/dev/tty 2>&3 </dev/tty || _status=$?
  # 124: timeout ended it.
  ((_status != 124)) || _vm_reset_terminal "$_saved"
  return "$_status"
}

# A dialog that was ended leaves its box on the screen, and the terminal as it had set it.
_vm_reset_terminal() {
  _vm_has_whiptail && _vm_has_terminal || return 0
  command stty "$1" </dev/tty 2>/dev/null || true
  printf '\e[m\e[H\e[J' >/dev/tty
}

# Asks for a line, for at most VM_RECOVERY_TIMEOUT seconds, and prints it. Status 1 without one.
_vm_prompt_line() {
  local _line
  local -a _limit=()
  [[ ${VM_RECOVERY_TIMEOUT:-0} == 0 ]] || _limit=(-t "$VM_RECOVERY_TIMEOUT")
  printf '%s' "$1" >/dev/tty
  IFS= read -r "${_limit[@]}" _line </dev/tty || return 1
  printf '%s\n' "$_line"
}

# Asks for one value. Arguments: TITLE DEFAULT
_vm_prompt_value() {
  if _vm_has_whiptail; then
    _vm_dialog --cancel-button Back --title "RECOVERY: $1" --inputbox "$1" 8 60 -- "$2"
  else
    _vm_prompt_line "$1 [$2]: " || return 2
  fi
}

# Asks yes or no; only a yes is status 0, and 1 only a no. Arguments: TITLE QUESTION DEFAULT [ABOVE], which the terminal
# shows already, and whiptail would hide.
_vm_prompt_yes() {
  local _line _choices='[Y/n]' _above=${4:-} _text _height=24 _width=80 _rows
  local -a _default=()
  [[ $3 == yes ]] || _default=(--defaultno) _choices='[y/N]'
  if _vm_has_whiptail; then
    _vm_screen_size
    ((_width <= 70)) || _width=70
    while :; do
      _text=${_above:+$_above$'\n\n'}$2 _rows=7
      _vm_count_rows "$_text"
      if ((_rows <= _height)) || [[ $_above != *$'\n'*$'\n'* ]]; then break; fi
      # The VM stands last.
      _above=${_above#$'...\n'}
      _above=$'...\n'${_above#*$'\n'}
    done
    ((_rows >= 12)) || _rows=12
    ((_rows <= _height)) || _rows=$_height
    _vm_dialog --title "$1" "${_default[@]}" --yesno "$_text" "$_rows" "$_width"
  else
    _line=$(_vm_prompt_line "$2 $_choices ") || return 2
    [[ ${_line:-$3} == [yY]* ]]
  fi
}

# Lets the user choose one of the pairs of tag and words in $5 and on, and prints its tag. Arguments: TITLE MESSAGE HEIGHT
# WIDTH TAG WORDS…
_vm_prompt_choice() {
  local _title=$1 _message=$2 _height=$3 _width=$4 _number _i _rows
  shift 4
  if _vm_has_whiptail; then
    # What does not fit is scrolled to.
    _rows=$(($# / 2 < _height - 8 ? $# / 2 : _height - 8))
    _vm_dialog --title "$_title" --cancel-button "${_button:-Back}" --default-item "$1" --menu "$_message" "$_height" "$_width" "$_rows" "$@"
    return
  fi
  {
    printf '\n=== %s ===\n%s\n\n' "$_title" "$_message"
    for ((_i = 1; _i < $#; _i += 2)); do
      printf '%3s) %-18s %s\n' "$((_i / 2 + 1))" "${@:_i:2}"
    done
  } >/dev/tty
  while _number=$(_vm_prompt_line "Number (Enter: keep): ") && [[ -n $_number ]]; do
    if [[ $_number =~ ^[0-9]{1,2}$ ]] && ((10#$_number >= 1 && 10#$_number <= $# / 2)); then
      _number=$((10#$_number * 2 - 1))
      printf '%s\n' "${!_number}"
      return
    fi
  done
  return 2
}
