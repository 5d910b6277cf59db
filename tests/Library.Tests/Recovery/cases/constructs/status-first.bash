# A section may ask for a VM that is not there.
#
# compare: plain
# exit: 0

section() {
  if qm status "$VMID" >/dev/null 2>&1; then exit 3; fi
  qm create "$VMID" --name "$HN"
}
