# A handler that stops and destroys another's VM after a failure does nothing, and the status is the script's.
#
# recovery: keep
# exit: 7
# left: nothing
# calls-not: qm destroy

node() {
  printf 'name: theirs\nmeta: x\nvmgenid: y\n' >/etc/pve/qemu-server/100.conf
}

section() {
  set -E
  trap 'qm stop 100; qm destroy 100; exit 7' ERR
  qm create "$VMID" --name "$HN"
}
