# The next free number may be looked for by creating.
#
# compare: plain
# exit: 0

node() {
  printf "name: mine\nvmgenid: x\n" >/etc/pve/qemu-server/100.conf
}

section() {
  until qm create "$VMID" --name "$HN" 2>/dev/null; do VMID=$((VMID + 1)); done
  qm start "$VMID"
}

after() {
  echo "$VMID"
}
