# What the section made in a way that is not followed is named, and never said to be removed.
#
# recovery: abort
# exit: 1
# left: /root/notes
# says: /root/notes
# silent: Everything this run created was removed.

node() {
  xz -k /mnt/web/disk.raw
  gzip -k /mnt/web/disk.raw
  tar -C /mnt/web -cf /mnt/web/t.tar disk.raw
}

section() {
  qm create "$VMID" --name "$HN"
  printf x >notes
  false
}
