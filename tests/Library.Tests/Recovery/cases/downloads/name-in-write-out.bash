# The name that curl reports is the one that it was given.
#
# compare: plain
# exit: 0
# prints: /var/lib/vz/template/cache/disk.raw 10005

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o /var/lib/vz/template/cache/disk.raw -w '%{filename_effective} %{size_download}\n' http://web/disk.raw
}
