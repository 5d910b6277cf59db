# A download is unpacked in place by bunzip2.
#
# compare: plain
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0; /root/disk.raw

node() {
  bzip2 -k /mnt/web/disk.raw
}

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o disk.raw.bz2 http://web/disk.raw.bz2
  bunzip2 disk.raw.bz2
  qm importdisk "$VMID" disk.raw "$STORAGE"
}
