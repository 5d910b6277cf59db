# A volume of the same name in another VM's folder is another volume.
#
# recovery: abort
# exit: 1
# left: nothing
# calls: pvesm free nfs:101/vm-100-disk-0.raw
# calls-not: pvesm free nfs:100/

node() {
  mkdir -p /mnt/nfs/images/100
  echo theirs >/mnt/nfs/images/100/vm-100-disk-0.raw
}

section() {
  VMID=101
  qm create 101 --name "$HN"
  pvesm alloc nfs 101 vm-100-disk-0.raw 4M
  false
}
