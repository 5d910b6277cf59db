# Who says no to going on ends the script with success.
#
# compare: plain
# exit: 0

section() {
  read -r answer < <(echo n)
  [[ $answer == y ]] || exit 0
  qm create "$VMID" --name "$HN"
}
