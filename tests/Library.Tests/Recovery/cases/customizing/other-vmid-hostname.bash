# An image that was customized for one VM is not used for another one.
#
# recovery: other-vmid
# exit: 0
# prints: customized: -a disk.raw --hostname vm-101

meanwhile() {
  [[ $* != "qm create 100"* ]] || printf "name: other\nvmgenid: x\n" >/etc/pve/qemu-server/100.conf
}

section() {
  curl -fsSL -o disk.raw http://web/disk.raw
  virt-customize -a disk.raw --hostname "vm-$VMID"
  qm create "$VMID" --name web 2>/dev/null
  qm importdisk "$VMID" disk.raw "$STORAGE" >/dev/null
  grep -a customized: "/mnt/lvm/local-lvm/vm-$VMID-disk-0"
}
