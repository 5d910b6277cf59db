# The script ends with the status of what failed.
#
# recovery: abort
# exit: 7
# left: nothing
# says: Everything this run created was removed.

section() {
  qm create "$VMID" --name "$HN"
  exit 7
}
