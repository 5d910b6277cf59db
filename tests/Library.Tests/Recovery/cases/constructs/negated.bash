# ! before a command is no failure.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  ! qm status 999 2>/dev/null
  echo on
}
