# A download has one name, and its directory nothing else, while the section runs.
#
# compare: plain
# exit: 0
# prints: 1 disk.raw

section() {
  qm create "$VMID" --name "$HN"
  cd /var/lib/vz/template/cache
  curl -fsSL -o disk.raw http://web/disk.raw
  echo "$(stat -c %h disk.raw)" *
}
