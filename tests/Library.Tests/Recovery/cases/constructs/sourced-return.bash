# A sourced text may return.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  source /dev/stdin <<<"qm start $VMID; return 0"
}
