# A loop that reads a pipe may call qm.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  printf "a\nb\n" | while read -r tag; do qm set "$VMID" --tags "$tag"; done
}
