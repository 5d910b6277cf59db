# The rest of the script has the functions that the section defined.
#
# compare: plain
# exit: 0

section() {
  greet() { echo "hello $1"; }
  qm create "$VMID" --name "$HN"
}

after() {
  greet you
}
