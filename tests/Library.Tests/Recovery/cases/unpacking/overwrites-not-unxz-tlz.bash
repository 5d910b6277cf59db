# What lies at the name that an archive unpacks to is not overwritten.
#
# compare: plain
# exit: 1

node() {
  lzma -c /mnt/web/disk.raw >/mnt/web/x.tlz
  mkdir /var/lib/vz/work
  echo precious >/var/lib/vz/work/x.tar
}

section() {
  cd /var/lib/vz/work
  curl -fsSL -o x.tlz http://web/x.tlz
  unxz x.tlz
  qm create "$VMID"
}
