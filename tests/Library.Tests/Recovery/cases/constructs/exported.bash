# A script of the section runs the programs themselves.
#
# compare: plain
# exit: 0

set -a

section() {
  qm create "$VMID" --name "$HN"
  bash -c 'qm set "$1" --memory 3' - "$VMID"
}
