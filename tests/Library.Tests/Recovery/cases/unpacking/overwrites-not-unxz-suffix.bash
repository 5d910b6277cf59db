# What lies at the name that an archive unpacks to is not overwritten.
#
# compare: plain
# exit: 1

node() {
  xz -c /mnt/web/disk.raw >/mnt/web/x.foo
  mkdir /var/lib/vz/work
  echo precious >/var/lib/vz/work/x
}

section() {
  cd /var/lib/vz/work
  curl -fsSL -o x.foo http://web/x.foo
  unxz -S .foo x.foo
  qm create "$VMID"
}
