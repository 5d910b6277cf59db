# A retry works although the section removed a directory by a path with a slash.
#
# recovery: retry,keep
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0

TEMP_DIR=$(mktemp -d)

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

section() {
  cd "$TEMP_DIR"
  curl -fsSL -o disk.raw http://web/disk.raw
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" disk.raw "$STORAGE"
  cd /
  rm -r "$TEMP_DIR/"
  qm start "$VMID"
}
