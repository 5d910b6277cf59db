# The section sees the words that it is called with: none.
#
# compare: plain
# exit: 0

set -- one two

section() {
  qm create "$VMID" --name "$HN"
  echo "$#"
}
