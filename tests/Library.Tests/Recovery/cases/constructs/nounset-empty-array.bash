# An empty list may be given with set -u.
#
# compare: plain
# exit: 0

set -u

section() {
  declare -a more=()
  qm create "$VMID" "${more[@]}"
}
