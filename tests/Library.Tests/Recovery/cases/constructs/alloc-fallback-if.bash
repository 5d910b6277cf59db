# A condition handles an allocation that failed.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  if ! pvesm alloc local "$VMID" no-extension 4M 2>/dev/null; then
    qm set "$VMID" --efidisk0 "$STORAGE:0"
  fi
  qm start "$VMID"
}
