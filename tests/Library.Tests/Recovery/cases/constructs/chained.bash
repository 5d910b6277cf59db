# Commands chained by && stop at the first that fails.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  qm status 999 2>/dev/null && qm start 999
  qm set "$VMID" --memory 5
}
