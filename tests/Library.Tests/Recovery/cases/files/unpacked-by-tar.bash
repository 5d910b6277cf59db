# What the section made in a way that is not followed is named, and never said to be removed.
#
# recovery: abort
# exit: 1
# left: /var/lib/vz/template/iso/disk.raw
# says: /var/lib/vz/template/iso/disk.raw
# silent: Everything this run created was removed.

node() {
  xz -k /mnt/web/disk.raw
  gzip -k /mnt/web/disk.raw
  tar -C /mnt/web -cf /mnt/web/t.tar disk.raw
}

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o /var/lib/vz/template/iso/a.tar http://web/t.tar
  tar -C /var/lib/vz/template/iso -xf /var/lib/vz/template/iso/a.tar
  false
}
