# A trap that the section removed is gone.
#
# compare: plain
# exit: 0

trap 'echo never' EXIT

section() {
  trap - EXIT
  qm create "$VMID" --name "$HN"
}

after() {
  echo after
}
