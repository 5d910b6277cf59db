# An EXIT trap of the section runs at the end of the script.
#
# compare: plain
# exit: 0

section() {
  trap 'echo trapped' EXIT
  qm create "$VMID" --name "$HN"
}

after() {
  echo after
}
