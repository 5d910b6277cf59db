# What the section made is removed.
#
# recovery: abort
# exit: 1
# left: nothing
# says: Everything this run created was removed.

node() {
  xz -k /mnt/web/disk.raw
  gzip -k /mnt/web/disk.raw
  tar -C /mnt/web -cf /mnt/web/t.tar disk.raw
}

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o /var/lib/vz/template/iso/a.img.tmp http://web/disk.raw
  mv /var/lib/vz/template/iso/a.img.tmp /var/lib/vz/template/iso/a.img
  false
}
