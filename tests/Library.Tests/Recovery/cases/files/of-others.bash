# What somebody else has put there before is not named.
#
# recovery: abort
# exit: 1
# left: nothing
# says: Everything this run created was removed.
# silent: old.iso

node() {
  echo x >/var/lib/vz/template/iso/old.iso
  sleep 0.1
}

section() {
  qm create "$VMID" --name "$HN"
  false
}
