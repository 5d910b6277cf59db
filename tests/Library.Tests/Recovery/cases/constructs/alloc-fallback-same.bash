# An allocation may be tried with another name.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  pvesm alloc local "$VMID" no-extension 4M 2>/dev/null || pvesm alloc local "$VMID" "vm-$VMID-disk-0.raw" 4M
  qm start "$VMID"
}
