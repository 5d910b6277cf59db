# A clone is this run's VM.
#
# recovery: abort
# exit: 1
# left: nothing
# calls: qm destroy 100

node() {
  printf 'name: template\nmeta: x\nvmgenid: y\n' >/etc/pve/qemu-server/900.conf
}

section() {
  qm clone 900 "$VMID" --name "$HN"
  qm start "$VMID"
  false
}
