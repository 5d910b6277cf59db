# set -C is the script's.
#
# compare: plain
# exit: 0

set -C

section() {
  qm create "$VMID" --name "$HN"
  curl -fsSL -o image http://web/disk.raw
  { echo x >image; } 2>/dev/null || echo refused
}
