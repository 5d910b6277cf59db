# A section may end with exit 0.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  exit 0
}
