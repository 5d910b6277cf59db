# time in front of a command.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  TIMEFORMAT=
  time qm start "$VMID"
}
