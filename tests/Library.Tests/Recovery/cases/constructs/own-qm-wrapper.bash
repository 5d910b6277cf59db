# A function of the section may call qm.
#
# compare: plain
# exit: 0

section() {
  vm() { qm "$@" --skiplock 1; }
  qm create "$VMID" --name "$HN"
  vm set "$VMID" --memory 5
}
