# shellcheck shell=bash

# Whether there is a terminal to ask at. In the background of one, a dialog would wait for keys that others get.
_vm_has_terminal() {
  local stat
  local -a fields
  { : <>/dev/tty; } 2>/dev/null || return 1
  read -r stat </proc/self/stat
  # Behind the name: state, parent, process group, session, terminal, and the terminal's foreground group (proc(5)).
  read -ra fields <<<"${stat##*) }"
  [[ ${fields[2]} == "${fields[5]}" ]]
}

# Whether somebody at a terminal is to be asked.
_vm_may_ask() {
  [[ ${VM_RECOVERY:-ask} == ask ]] && _vm_has_terminal
}

# `type -P` also finds a file that can't be run. Where the cursor can't be placed, whiptail shows nothing.
_vm_has_whiptail() {
  local path
  path=$(type -P whiptail) && [[ -x $path && ${TERM:-dumb} != @(dumb|unknown) ]] || return 1
  ! type -P tput >/dev/null || command tput cup 0 0 >/dev/null 2>&1
}

# The terminal's size, in `height` and `width`, which is no more than reads well.
_vm_screen_size() {
  local size
  size=$(command stty size 2>/dev/null </dev/tty) || return 0
  [[ $size =~ ^([1-9][0-9]*)\ ([1-9][0-9]*)$ ]] || return 0
  height=${BASH_REMATCH[1]} width=${BASH_REMATCH[2]}
  ((width <= 100)) || width=100
  ((width >= 40)) || width=40
}

# Adds the lines that whiptail makes of $1, in a box of `width`, to `rows`: it breaks at blanks, and in longer words.
_vm_count_rows() {
  local line head
  while IFS= read -r line; do
    rows=$((rows + 1))
    while ((${#line} > width - 4)); do
      head=${line:0:width-4}
      [[ ${head% *} != *[![:space:]]* ]] || head=${head% *}
      line=${line:${#head}}
      line=${line#"${line%%[! ]*}"}
      rows=$((rows + 1))
    done
  done <<<"$1"
}

# Runs $@, which asks at the terminal and prints the answer, as a job, so that a signal need not wait for the user. The
# result is in `answer`. Status 1 without an answer.
_vm_await() {
  local status
  answer=
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
  IFS= read -r answer <"$_VM_RUN/answer" || true
  return "$status"
}

# Shows a whiptail dialog for at most VM_RECOVERY_TIMEOUT seconds and prints its answer. Status: whiptail's, not 0
# without an answer.
_vm_dialog() {
  local saved status=0
  local -a limit=()
  [[ ${VM_RECOVERY_TIMEOUT:-0} == 0 ]] || limit=(timeout --foreground "$VM_RECOVERY_TIMEOUT")
  saved=$(command stty -g </dev/tty 2>/dev/null) || saved=sane
  command "${limit[@]}" whiptail "$@" 3>&1 1>/dev/tty 2>&3 </dev/tty || status=$?
  # 124: timeout ended it.
  ((status != 124)) || _vm_reset_terminal "$saved"
  return "$status"
}

# A dialog that was ended leaves its box on the screen, and the terminal as it had set it.
_vm_reset_terminal() {
  _vm_has_whiptail && _vm_has_terminal || return 0
  command stty "$1" </dev/tty 2>/dev/null || true
  printf '\e[m\e[H\e[J' >/dev/tty
}

# Asks for a line, for at most VM_RECOVERY_TIMEOUT seconds, and prints it. Status 1 without one.
_vm_prompt_line() {
  local line
  local -a limit=()
  [[ ${VM_RECOVERY_TIMEOUT:-0} == 0 ]] || limit=(-t "$VM_RECOVERY_TIMEOUT")
  printf '%s' "$1" >/dev/tty
  IFS= read -r "${limit[@]}" line </dev/tty || return 1
  printf '%s\n' "$line"
}

# Asks for one value. Arguments: TITLE DEFAULT
_vm_prompt_value() {
  if _vm_has_whiptail; then
    _vm_dialog --title "RECOVERY: $1" --inputbox "$1" 8 60 "$2"
  else
    _vm_prompt_line "$1 [$2]: "
  fi
}

# Asks yes or no; only a yes is status 0, and 1 only a no. Arguments: TITLE QUESTION DEFAULT [ABOVE], which the terminal
# shows already, and whiptail would hide.
_vm_prompt_yes() {
  local line choices='[Y/n]' above=${4:-} text height=24 width=80 rows
  local -a default=()
  [[ $3 == yes ]] || default=(--defaultno) choices='[y/N]'
  if _vm_has_whiptail; then
    _vm_screen_size
    ((width <= 70)) || width=70
    while :; do
      text=${above:+$above$'\n\n'}$2 rows=7
      _vm_count_rows "$text"
      if ((rows <= height)) || [[ $above != *$'\n'*$'\n'* ]]; then break; fi
      # The VM stands last.
      above=${above#$'...\n'}
      above=$'...\n'${above#*$'\n'}
    done
    ((rows >= 12)) || rows=12
    ((rows <= height)) || rows=$height
    _vm_dialog --title "$1" "${default[@]}" --yesno "$text" "$rows" "$width"
  else
    line=$(_vm_prompt_line "$2 $choices ") || return 2
    [[ ${line:-$3} == [yY]* ]]
  fi
}

# Lets the user choose one of the pairs of tag and words in $5 and on, and prints its tag. Arguments: TITLE MESSAGE HEIGHT
# WIDTH TAG WORDS…
_vm_prompt_choice() {
  local title=$1 message=$2 height=$3 width=$4 number i rows
  shift 4
  if _vm_has_whiptail; then
    # What does not fit is scrolled to.
    rows=$(($# / 2 < height - 8 ? $# / 2 : height - 8))
    _vm_dialog --title "$title" --default-item "$1" --menu "$message" "$height" "$width" "$rows" "$@"
    return
  fi
  {
    printf '\n=== %s ===\n%s\n\n' "$title" "$message"
    for ((i = 1; i < $#; i += 2)); do
      printf '%3s) %-18s %s\n' "$((i / 2 + 1))" "${@:i:2}"
    done
  } >/dev/tty
  while number=$(_vm_prompt_line "Number (Enter: keep): ") && [[ -n $number ]]; do
    if [[ $number =~ ^[0-9]{1,2}$ ]] && ((10#$number >= 1 && 10#$number <= $# / 2)); then
      number=$((10#$number * 2 - 1))
      printf '%s\n' "${!number}"
      return
    fi
  done
  return 1
}
