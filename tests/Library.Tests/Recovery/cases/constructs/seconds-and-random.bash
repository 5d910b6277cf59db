# SECONDS counts on.
#
# compare: plain
# exit: 0

section() {
  SECONDS=100
  qm create "$VMID" --name "$HN"
  ((SECONDS >= 100)) && echo on
}
