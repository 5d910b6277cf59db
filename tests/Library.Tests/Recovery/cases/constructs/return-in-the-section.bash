# A section may return 0 early.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  return 0
  qm start "$VMID"
}
