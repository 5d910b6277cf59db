# xargs runs the program itself.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  echo "$VMID" | xargs -I{} qm set {} --memory 5
}
