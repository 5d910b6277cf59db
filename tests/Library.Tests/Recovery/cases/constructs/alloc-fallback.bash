# A volume may be made in another way when the first fails.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  pvesm alloc local "$VMID" no-extension 4M 2>/dev/null || qm set "$VMID" --efidisk0 "$STORAGE:0"
  qm start "$VMID"
}
