# wait without a word is no failure.
#
# compare: plain
# exit: 0

sleep 0.1 &

section() {
  wait
  qm create "$VMID" --name "$HN"
}
