# A directory that the section removed is there again for a retry.
#
# recovery: retry,keep
# exit: 0
# left: VM 100; local-lvm:vm-100-disk-0

mkdir /tmp/work

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

section() {
  cd /tmp/work
  curl -fsSL -o /tmp/work/disk.raw http://web/disk.raw
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" disk.raw "$STORAGE"
  rm -rf /tmp/work
  mkdir /tmp/work
  qm start "$VMID"
}
