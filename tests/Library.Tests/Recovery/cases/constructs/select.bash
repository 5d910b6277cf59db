# select reads its answer.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  select word in a b; do
    echo "$word"
    break
  done <<<1 2>/dev/null
}
