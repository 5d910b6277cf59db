# A second step in other words is done again, on top of the first.
#
# recovery: retry,keep
# exit: 0
# prints: customized: -a disk.raw --password 1
# prints: customized: -a disk.raw --password 2

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

section() {
  curl -fsSL -o disk.raw http://web/disk.raw
  virt-customize -a disk.raw --install qemu-guest-agent
  echo x >>/mnt/tries
  virt-customize -a disk.raw --password "$(wc -l </mnt/tries)"
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" disk.raw "$STORAGE" >/dev/null
  grep -a customized: "/mnt/lvm/local-lvm/vm-$VMID-disk-0" | tail -n 1
  qm start "$VMID"
}
