# A download that is moved to its place goes from there.
#
# recovery: abort
# exit: 1
# left: nothing
# says: Everything this run created was removed

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o /var/lib/vz/template/iso/a.tmp http://web/disk.raw
  mv /var/lib/vz/template/iso/a.tmp /var/lib/vz/template/iso/a.img
  false
}
