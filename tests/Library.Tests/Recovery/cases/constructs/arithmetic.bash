# An arithmetic 0 behind || true.
#
# compare: plain
# exit: 0

section() {
  count=0
  ((count++)) || true
  echo "$count"
  qm create "$VMID" --name "$HN"
}
