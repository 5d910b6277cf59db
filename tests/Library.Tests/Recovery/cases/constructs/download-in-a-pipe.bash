# A download may go through a pipe.
#
# compare: plain
# exit: 0

node() {
  xz -k /mnt/web/disk.raw
}

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL http://web/disk.raw.xz | xz -d | cksum
}
