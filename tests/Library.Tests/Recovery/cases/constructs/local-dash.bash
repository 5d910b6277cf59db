# local - in a function of the section.
#
# compare: plain
# exit: 0

section() {
  quiet() {
    local -
    set +e
    false
    qm create "$VMID"
  }
  quiet
}
