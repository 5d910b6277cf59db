# $_ of the section is its own.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  : word
  echo "$_"
}
