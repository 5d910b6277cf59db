# lastpipe works in the section.
#
# compare: plain
# exit: 0

section() {
  shopt -s lastpipe
  qm create "$VMID" --name "$HN"
  echo 5 | read -r value
  echo "$value"
}
