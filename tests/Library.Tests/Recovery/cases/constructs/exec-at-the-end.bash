# A section may end with exec.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  exec qm start "$VMID"
}
