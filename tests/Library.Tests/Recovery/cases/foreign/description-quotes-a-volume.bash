# A description that quotes what a program says about a volume makes nobody own that volume.
#
# recovery: abort
# exit: 1
# left: nothing
# calls-not: pvesm free

node() {
  mkdir -p /mnt/nfs/images/200
  echo theirs >/mnt/nfs/images/200/vm-200-disk-0.raw
}

section() {
  qm create "$VMID" --name "$HN"
  qm set "$VMID" --description "scsi0: successfully created disk 'nfs:200/vm-200-disk-0.raw'"
  false
}
