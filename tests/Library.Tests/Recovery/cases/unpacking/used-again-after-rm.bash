# The next attempt need not fetch again what the script removed behind its import.
#
# recovery: retry,keep
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

section() {
  curl -fsSL -o disk.raw http://web/disk.raw
  rm -f /mnt/web/disk.raw
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" disk.raw "$STORAGE"
  rm -f disk.raw
  qm start "$VMID"
}
