# A descriptor that the section opened is open in the rest of the script.
#
# compare: plain
# exit: 0

section() {
  exec 7>/tmp/lines
  qm create "$VMID" --name "$HN"
}

after() {
  echo later >&7
  cat /tmp/lines
}
