# A program of the node reads a here-string.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  qm terminal "$VMID" <<<x
}
