# Where qm alone is killed, its worker makes the VM: it is this run's all the same.
#
# recovery: abort
# exit: 137
# left: nothing
# calls: qm destroy 100

meanwhile() {
  if [[ "$*" == "qm create"* && ! -e /mnt/killed ]]; then
    : >/mnt/killed
    printf 'meta: creation-qemu=9.2.0,ctime=%(%s)T\nname: web\nvmgenid: x\n' -1 >/etc/pve/qemu-server/100.conf
    kill -KILL "$$"
  fi
}

section() {
  qm create "$VMID" --name "$HN"
}
