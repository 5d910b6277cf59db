# The umask of the section stays.
#
# compare: plain
# exit: 0

section() {
  umask 027
  qm create "$VMID" --name "$HN"
}

after() {
  umask
}
