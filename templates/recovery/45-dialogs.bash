# shellcheck shell=bash

# Looks for the answer that an earlier attempt got to question $1: the n-th question of the same words gets the n-th answer.
# The results are in `_vm_status` and `_vm_answer`; status 1 without one.
_vm_find_answer() {
  local _previous _earlier=0
  while IFS= read -r -d '' _previous; do
    [[ $_previous != "$1" ]] || _earlier=$((_earlier + 1))
  done <"$_VM_RUN/asked"
  printf '%s\0' "$1" >>"$_VM_RUN/asked"
  while IFS= read -r -d '' _previous && IFS= read -r -d '' _vm_status && IFS= read -r -d '' _vm_answer; do
    [[ $_previous == "$1" ]] || continue
    ((_earlier > 0)) || return 0
    _earlier=$((_earlier - 1))
  done <"$_VM_RUN/answers"
  return 1
}

# Shows a dialog of the section, unless an earlier attempt got its answer.
_vm_show_dialog() {
  local _question="${*//[$'\n\t']/ }" _word _yes_or_no='' _captured _vm_status _vm_answer _file=$_VM_RUN/err.$BASHPID
  for _word; do
    case $_word in
    --output-fd* | --gauge | --infobox)
      command "$@"
      return "$?"
      ;;
    --yesno) _yes_or_no=1 ;;
    esac
  done
  if _vm_find_answer "$_question"; then
    printf '%s' "$_vm_answer" >&2
    return "$_vm_status"
  fi
  _vm_status=0
  command "$@" 2>"$_file" || _vm_status=$?
  _vm_replay "$_file" >&2
  # No is an answer too; Cancel and Esc are none. It may be a password: it is not in the log.
  if [[ $_vm_status == 0 || ($_vm_status == 1 && -n $_yes_or_no) ]]; then
    printf '%s\0%s\0%s\0' "$_question" "$_vm_status" "$_captured" >>"$_VM_RUN/answers"
  fi
  return "$_vm_status"
}

# The same for `read`. Its variables are the script's: no plain name here.
_vm_read() {
  # A file is read as ever.
  # shellcheck disable=SC2162 # the script's own words
  [[ -t 0 || /dev/fd/0 -ef /proc/$$/fd/0 ]] || {
    builtin read "$@"
    return "$?"
  }
  local _vm_word _vm_value='' _vm_question="read $*" _vm_status _vm_answer=''
  local -a _vm_names=()
  for _vm_word; do
    if [[ -n $_vm_value ]]; then
      _vm_value=
    elif [[ $_vm_word =~ ^-[ers]*[au] ]]; then
      # shellcheck disable=SC2162 # the script's own words
      builtin read "$@"
      return "$?"
    elif [[ $_vm_word =~ ^-[ers]*[dinNpt]$ ]]; then
      _vm_value=1
    elif [[ $_vm_word != -* ]]; then
      _vm_names+=("$_vm_word")
    fi
  done
  ((${#_vm_names[@]} > 0)) || _vm_names=(REPLY)
  if _vm_find_answer "$_vm_question"; then
    for _vm_word in "${_vm_names[@]}"; do
      printf -v "$_vm_word" %s "${_vm_answer%%$'\n'*}"
      _vm_answer=${_vm_answer#*$'\n'}
    done
    return 0
  fi
  # shellcheck disable=SC2162 # the script's own words
  builtin read "$@" || return "$?"
  _vm_answer=
  for _vm_word in "${_vm_names[@]}"; do _vm_answer+=${!_vm_word}$'\n'; done
  printf '%s\0000\0%s\0' "$_vm_question" "$_vm_answer" >>"$_VM_RUN/answers"
}
