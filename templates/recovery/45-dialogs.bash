# shellcheck shell=bash

# Shows a dialog of the section. What was answered in an earlier attempt is not asked again: the n-th dialog of the same
# words gets the n-th answer.
_vm_show_dialog() {
  local question="${*//[$'\n\t']/ }" word yes_or_no='' previous status answer earlier=0
  for word; do
    case $word in
    --output-fd* | --gauge | --infobox)
      command "$@"
      return
      ;;
    --yesno) yes_or_no=1 ;;
    esac
  done
  while IFS= read -r -d '' previous; do
    [[ $previous != "$question" ]] || earlier=$((earlier + 1))
  done <"$_VM_RUN/asked"
  printf '%s\0' "$question" >>"$_VM_RUN/asked"
  while IFS= read -r -d '' previous && IFS= read -r -d '' status && IFS= read -r -d '' answer; do
    [[ $previous == "$question" ]] || continue
    if ((earlier == 0)); then
      printf '%s' "$answer" >&2
      return "$status"
    fi
    earlier=$((earlier - 1))
  done <"$_VM_RUN/answers"
  status=0
  _vm_capture stderr "$@" || status=$?
  # No is an answer too; Cancel and Esc are none.
  if [[ $status == 0 || ($status == 1 && -n $yes_or_no) ]]; then
    printf '%s\0%s\0%s\0' "$question" "$status" "$_vm_err" >>"$_VM_RUN/answers"
  fi
  # It may be a password.
  _vm_err=
  return "$status"
}
