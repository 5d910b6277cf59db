# What lies at the name that an archive unpacks to is not overwritten.
#
# compare: plain
# exit: 2

node() {
  cp /mnt/web/disk.raw /tmp/original
  gzip -N /tmp/original
  mv /tmp/original.gz /mnt/web/n.gz
  mkdir /var/lib/vz/work
  echo precious >/var/lib/vz/work/original
}

section() {
  cd /var/lib/vz/work
  curl -fsSL -o n.gz http://web/n.gz
  gunzip -N n.gz
  qm create "$VMID"
}
