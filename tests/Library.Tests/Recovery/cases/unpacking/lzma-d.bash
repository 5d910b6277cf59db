# A download is unpacked in place by lzma -d.
#
# compare: plain
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0; /root/disk.raw

node() {
  lzma -k /mnt/web/disk.raw
}

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o disk.raw.lzma http://web/disk.raw.lzma
  lzma -d disk.raw.lzma
  qm importdisk "$VMID" disk.raw "$STORAGE"
}
