# A disk may be imported in another way when the first fails.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o image http://web/disk.raw
  qm importdisk "$VMID" image nowhere 2>/dev/null || qm set "$VMID" --scsi0 "$STORAGE:4"
  qm start "$VMID"
}
