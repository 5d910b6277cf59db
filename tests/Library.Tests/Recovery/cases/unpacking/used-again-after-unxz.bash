# The next attempt need not fetch again what unxz took away.
#
# recovery: retry,keep
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0; /root/disk.raw

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

node() {
  xz -k /mnt/web/disk.raw
}

section() {
  curl -fsSL -o disk.raw.xz http://web/disk.raw.xz
  rm -f /mnt/web/disk.raw.xz
  unxz disk.raw.xz
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" disk.raw "$STORAGE"
  qm start "$VMID"
}
