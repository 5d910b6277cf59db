# shellcheck shell=bash

# Shows a dialog of the section. What was answered in an earlier attempt is not asked again: the n-th dialog of the same
# words gets the n-th answer.
_vm_show_dialog() {
  local _question="${*//[$'\n\t']/ }" _word _yes_or_no='' _previous _status _answer _earlier=0
  for _word; do
    case $_word in
    --output-fd* | --gauge | --infobox)
      command "$@"
      return
      ;;
    --yesno) _yes_or_no=1 ;;
    esac
  done
  while IFS= read -r -d '' _previous; do
    [[ $_previous != "$_question" ]] || _earlier=$((_earlier + 1))
  done <"$_VM_RUN/asked"
  printf '%s\0' "$_question" >>"$_VM_RUN/asked"
  while IFS= read -r -d '' _previous && IFS= read -r -d '' _status && IFS= read -r -d '' _answer; do
    [[ $_previous == "$_question" ]] || continue
    if ((_earlier == 0)); then
      printf '%s' "$_answer" >&2
      return "$_status"
    fi
    _earlier=$((_earlier - 1))
  done <"$_VM_RUN/answers"
  _status=0
  _vm_capture stderr "$@" || _status=$?
  # No is an answer too; Cancel and Esc are none.
  if [[ $_status == 0 || ($_status == 1 && -n $_yes_or_no) ]]; then
    printf '%s\0%s\0%s\0' "$_question" "$_status" "$_vm_err" >>"$_VM_RUN/answers"
  fi
  # It may be a password.
  _vm_err=
  return "$_status"
}
