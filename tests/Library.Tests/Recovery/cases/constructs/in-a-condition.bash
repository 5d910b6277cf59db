# Called in a condition, a section that succeeds is a success.
#
# exit: 0
# prints: well
# left: VM 100

section() {
  qm create "$VMID" --name "$HN"
}

whole() {
  if vm_create_with_recovery section; then echo well; fi
}
