# The question of gunzip whether to overwrite is seen before its answer.
#
# terminal: dumb
# exit: 0
# says: overwrite
# left: VM 100; /root/disk.raw

user() {
  sees "overwrite"
  echo y
}

node() {
  gzip -k /mnt/web/disk.raw
}

section() {
  echo old >disk.raw
  cp /mnt/web/disk.raw.gz .
  gunzip disk.raw.gz
  qm create "$VMID" --name "$HN"
}
