# set -u is the script's.
#
# compare: plain
# exit: 0

set -u
unset -v FILE_IMG

section() {
  qm create "$VMID" --name "$HN"
  qm start "$VMID"
  curl -fsSL http://web/disk.raw >/dev/null
}
