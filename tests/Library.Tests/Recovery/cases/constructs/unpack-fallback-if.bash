# A test by unpacking may fail.
#
# compare: plain
# exit: 0

section() {
  curl -fsSL -o image http://web/disk.raw
  if gunzip -c image >disk 2>/dev/null; then :; else cp image disk; fi
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" disk "$STORAGE"
}
