# What the section made in a way that is not followed is named, and never said to be removed.
#
# recovery: abort
# exit: 1
# left: /var/lib/vz/snippets/user-100.yml
# says: /var/lib/vz/snippets/user-100.yml
# silent: Everything this run created was removed.

node() {
  xz -k /mnt/web/disk.raw
  gzip -k /mnt/web/disk.raw
  tar -C /mnt/web -cf /mnt/web/t.tar disk.raw
}

section() {
  qm create "$VMID" --name "$HN"
  mkdir -p /var/lib/vz/snippets
  printf "password: x\n" >/var/lib/vz/snippets/user-100.yml
  qm set "$VMID" --cicustom user=local:snippets/user-100.yml
  false
}
