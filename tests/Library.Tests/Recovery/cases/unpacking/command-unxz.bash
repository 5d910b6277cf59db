# A download is unpacked in place by command unxz.
#
# compare: plain
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0; /root/disk.raw

node() {
  xz -k /mnt/web/disk.raw
}

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o disk.raw.xz http://web/disk.raw.xz
  command unxz disk.raw.xz
  qm importdisk "$VMID" disk.raw "$STORAGE"
}
