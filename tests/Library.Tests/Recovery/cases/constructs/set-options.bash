# The options that the section sets stay.
#
# compare: plain
# exit: 0

section() {
  set -f
  : >there
  qm create "$VMID" --name "$HN"
}

after() {
  echo *
}
