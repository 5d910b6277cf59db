# A download may be written by a redirection.
#
# compare: plain
# exit: 0

node() {
  xz -k /mnt/web/disk.raw
}

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o - http://web/disk.raw.xz | xz -d >image
  qm importdisk "$VMID" image "$STORAGE"
  stat -c %s image
}
