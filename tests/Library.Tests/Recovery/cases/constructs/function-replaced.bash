# The rest of the script has the functions that the section replaced.
#
# compare: plain
# exit: 0

greet() { echo old; }

section() {
  greet() { echo new; }
  qm create "$VMID" --name "$HN"
}

after() {
  greet
}
