# A function of the section knows its caller.
#
# compare: plain
# exit: 0

section() {
  where() { echo "${FUNCNAME[1]}"; }
  inner() { where; }
  inner
  qm create "$VMID" --name "$HN"
}
