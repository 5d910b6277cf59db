# A download goes when the user aborts.
#
# recovery: abort
# exit: 1
# left: nothing
# says: Everything this run created was removed.

section() {
  curl -fsSL -o /var/lib/vz/template/cache/disk.raw http://web/disk.raw
  qm create "$VMID" --name "$HN"
  false
}
