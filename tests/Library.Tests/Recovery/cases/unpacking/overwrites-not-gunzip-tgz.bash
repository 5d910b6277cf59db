# What lies at the name that an archive unpacks to is not overwritten.
#
# compare: plain
# exit: 2

node() {
  gzip -c /mnt/web/disk.raw >/mnt/web/x.tgz
  mkdir /var/lib/vz/work
  echo precious >/var/lib/vz/work/x.tar
}

section() {
  cd /var/lib/vz/work
  curl -fsSL -o x.tgz http://web/x.tgz
  gunzip x.tgz
  qm create "$VMID"
}
