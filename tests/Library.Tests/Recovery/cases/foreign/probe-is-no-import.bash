# A probe for a command is no import.
#
# recovery: keep
# exit: 1
# left: VM 100
# silent: perhaps
# silent: did not answer

section() {
  qm create "$VMID" --name "$HN"
  qm disk import --help >/dev/null 2>&1 || true
  false
}
