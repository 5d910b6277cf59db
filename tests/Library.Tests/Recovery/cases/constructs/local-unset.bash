# localvar_unset is the script's own matter.
#
# compare: plain
# exit: 0

section() {
  outer() {
    local name=inner
    unset name
    echo "${name-none}"
  }
  shopt -s localvar_unset
  outer
  qm create "$VMID" --name "$HN"
}
