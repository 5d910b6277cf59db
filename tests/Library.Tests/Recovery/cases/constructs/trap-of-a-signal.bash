# A signal trap of the section is set in the rest of the script.
#
# compare: plain
# exit: 0

section() {
  trap 'echo heard' USR1
  qm create "$VMID" --name "$HN"
}

after() {
  kill -USR1 $$
  echo after
}
