# A later section may stop what an earlier one made.
#
# exit: 0
# calls: qm stop 100
# says: done

whole() {
  set -e
  first() {
    qm create "$VMID" --name "$HN"
    qm start "$VMID"
  }
  second() { qm stop "$VMID"; }
  vm_create_with_recovery first
  vm_create_with_recovery second
  echo done
}
