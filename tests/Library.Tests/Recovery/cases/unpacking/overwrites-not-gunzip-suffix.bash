# What lies at the name that an archive unpacks to is not overwritten.
#
# compare: plain
# exit: 2

node() {
  gzip -c /mnt/web/disk.raw >/mnt/web/x.b
  mkdir /var/lib/vz/work
  echo precious >/var/lib/vz/work/x
}

section() {
  cd /var/lib/vz/work
  curl -fsSL -o x.b http://web/x.b
  gunzip --suffix=.b x.b
  qm create "$VMID"
}
