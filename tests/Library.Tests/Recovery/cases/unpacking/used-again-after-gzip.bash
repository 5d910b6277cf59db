# The next attempt need not fetch again what gzip -d took away.
#
# recovery: retry,keep
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0; /root/disk.raw

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

node() {
  gzip -k /mnt/web/disk.raw
}

section() {
  curl -fsSL -o disk.raw.gz http://web/disk.raw.gz
  rm -f /mnt/web/disk.raw.gz
  gzip -d disk.raw.gz
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" disk.raw "$STORAGE"
  qm start "$VMID"
}
