# The shell options of the section stay.
#
# compare: plain
# exit: 0

section() {
  shopt -s nullglob extglob
  qm create "$VMID" --name "$HN"
}

after() {
  shopt -q nullglob && echo on
  shopt -q extglob && echo on
}
