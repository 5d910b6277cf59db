# A function of the section may end the script with success.
#
# compare: plain
# exit: 0

section() {
  proceed() { [[ ${1:-n} == y ]] || exit 0; }
  proceed n
  qm create "$VMID" --name "$HN"
}
