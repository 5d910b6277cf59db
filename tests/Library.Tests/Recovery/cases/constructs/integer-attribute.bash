# An attribute of a variable comes back.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  declare -gl lower=ABC
}

after() {
  echo "$lower"
  lower=DEF
  echo "$lower"
}
