# A condition handles a creation that failed.
#
# compare: plain
# exit: 0

node() {
  printf "name: mine\nvmgenid: x\n" >/etc/pve/qemu-server/100.conf
}

section() {
  if ! qm create "$VMID" --name "$HN" 2>/dev/null; then
    VMID=101
    qm create "$VMID" --name "$HN"
  fi
  qm start "$VMID"
}
