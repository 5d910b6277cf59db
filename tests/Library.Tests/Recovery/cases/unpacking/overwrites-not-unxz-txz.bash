# What lies at the name that an archive unpacks to is not overwritten.
#
# compare: plain
# exit: 1

node() {
  xz -c /mnt/web/disk.raw >/mnt/web/x.txz
  mkdir /var/lib/vz/work
  echo precious >/var/lib/vz/work/x.tar
}

section() {
  cd /var/lib/vz/work
  curl -fsSL -o x.txz http://web/x.txz
  unxz x.txz
  qm create "$VMID"
}
