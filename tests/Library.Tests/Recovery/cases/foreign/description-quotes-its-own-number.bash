# Nor does one that quotes a volume with the VM's own number.
#
# recovery: abort
# exit: 1
# left: nothing
# calls-not: pvesm free

node() {
  mkdir -p /mnt/nfs/images/100
  echo theirs >/mnt/nfs/images/100/vm-100-disk-0.raw
}

section() {
  qm create "$VMID" --name "$HN"
  qm set "$VMID" --description "scsi0: successfully created disk 'nfs:100/vm-100-disk-0.raw'"
  false
}
