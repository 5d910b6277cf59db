# A VM that is there already may be used.
#
# compare: plain
# exit: 0

node() {
  printf "name: mine\nvmgenid: x\n" >/etc/pve/qemu-server/100.conf
}

section() {
  qm create "$VMID" --name "$HN" 2>/dev/null || echo "it is there"
  qm set "$VMID" --memory 1024
}
