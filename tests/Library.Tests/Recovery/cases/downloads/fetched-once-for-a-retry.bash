# The next attempt uses a download again.
#
# recovery: retry,keep
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0; /var/lib/vz/template/cache/disk.raw

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

section() {
  curl -fsSL -o /var/lib/vz/template/cache/disk.raw http://web/disk.raw
  rm -f /mnt/web/disk.raw
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" /var/lib/vz/template/cache/disk.raw "$STORAGE"
  qm start "$VMID"
}
