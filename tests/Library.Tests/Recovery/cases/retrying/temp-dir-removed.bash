# A retry works although the section removed the directory in which it began.
#
# recovery: retry,keep
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0

TEMP_DIR=$(mktemp -d)
cd "$TEMP_DIR"

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

section() {
  curl -fsSL -o disk.raw http://web/disk.raw
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" disk.raw "$STORAGE"
  rm -rf "$TEMP_DIR"
  qm start "$VMID"
}
