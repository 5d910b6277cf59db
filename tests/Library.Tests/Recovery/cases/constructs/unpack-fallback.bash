# What is no archive may be copied.
#
# compare: plain
# exit: 0

section() {
  curl -fsSL -o image http://web/disk.raw
  unxz -k -S .img image 2>/dev/null || cp image disk
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" disk "$STORAGE"
}
