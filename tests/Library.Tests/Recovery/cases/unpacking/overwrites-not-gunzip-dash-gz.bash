# What lies at the name that an archive unpacks to is not overwritten.
#
# compare: plain
# exit: 2

node() {
  gzip -c /mnt/web/disk.raw >/mnt/web/x-gz
  mkdir /var/lib/vz/work
  echo precious >/var/lib/vz/work/x
}

section() {
  cd /var/lib/vz/work
  curl -fsSL -o x-gz http://web/x-gz
  gunzip x-gz
  qm create "$VMID"
}
