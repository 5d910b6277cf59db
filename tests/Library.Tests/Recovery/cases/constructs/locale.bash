# A locale of the script stays.
#
# compare: plain
# exit: 0

export LC_ALL=C

section() {
  echo "$LC_ALL"
  qm create "$VMID" --name "$HN" --description "ü ä"
}
