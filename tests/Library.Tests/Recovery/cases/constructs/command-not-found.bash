# A command that may be missing is the script's matter.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  nonesuch 2>/dev/null || echo "without it"
}
