# An image is customized once when the next attempt customizes it in the same words.
#
# recovery: retry,keep
# exit: 0
# prints: 1
# prints: 1

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

section() {
  curl -fsSL -o disk.raw http://web/disk.raw
  virt-customize -a disk.raw --install qemu-guest-agent
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" disk.raw "$STORAGE" >/dev/null
  grep -ac customized: "/mnt/lvm/local-lvm/vm-$VMID-disk-0"
  qm start "$VMID"
}
