# A job that the section starts goes on after the end of the script.
#
# compare: plain
# exit: 0
# wait: 1.5

section() {
  qm create "$VMID" --name "$HN"
  (
    sleep 0.5
    qm set "$VMID" --tags late
  ) >/dev/null 2>&1 &
}
