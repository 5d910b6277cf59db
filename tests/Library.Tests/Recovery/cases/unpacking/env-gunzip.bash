# A download is unpacked in place by env gunzip.
#
# compare: plain
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0; /root/disk.raw

node() {
  gzip -k /mnt/web/disk.raw
}

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o disk.raw.gz http://web/disk.raw.gz
  env gunzip disk.raw.gz
  qm importdisk "$VMID" disk.raw "$STORAGE"
}
