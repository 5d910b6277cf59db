# A VM that got another generation id from its own script is still this run's.
#
# recovery: abort
# exit: 1
# left: nothing
# calls: qm destroy 100

section() {
  qm create "$VMID" --name "$HN"
  qm set "$VMID" --vmgenid 11111111-2222-3333-4444-555555555555
  false
}
