# A VM that this run did not make is not stopped, and the section does not go on as if it was.
#
# recovery: keep
# exit: 1
# left: nothing
# says: VM 100 already exists and was not made by this run: 'qm stop' is not done.
# calls-not: qm stop
# calls-not: qm set

node() {
  printf 'name: theirs\nmeta: x\nvmgenid: y\n' >/etc/pve/qemu-server/100.conf
  : >/mnt/running/100
}

section() {
  qm stop "$VMID"
  qm set "$VMID" --memory 512
}
