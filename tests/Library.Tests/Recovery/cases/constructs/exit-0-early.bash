# A section that has nothing more to do may exit with 0.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  if [[ $VMID == 100 ]]; then
    echo "nothing more to do"
    exit 0
  fi
  qm start "$VMID"
}
