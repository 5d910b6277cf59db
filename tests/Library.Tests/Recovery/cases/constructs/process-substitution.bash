# A program reads a process substitution.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" <(echo x) "$STORAGE" 2>/dev/null || echo "no regular file"
}
