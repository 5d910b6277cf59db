# A volume that no command of Proxmox made is named, when it has the number.
#
# recovery: abort
# exit: 1
# left: local-lvm:vm-100-disk-3
# says: Still there: volume local-lvm:vm-100-disk-3, new since this run began.

section() {
  qm create "$VMID" --name "$HN"
  echo data >/mnt/lvm/local-lvm/vm-100-disk-3
  false
}
