# A file that the shell made for the section is named: nobody saw who made it.
#
# recovery: abort
# exit: 1
# left: /var/lib/vz/template/iso/a.img
# says: /var/lib/vz/template/iso/a.img
# silent: Still there: VM
# silent: Everything this run created was removed

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL http://web/disk.raw >/var/lib/vz/template/iso/a.img
  false
}
