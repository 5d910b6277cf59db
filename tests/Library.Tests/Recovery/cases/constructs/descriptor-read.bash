# The rest of the script reads on where the section stopped.
#
# compare: plain
# exit: 0

section() {
  exec 8< <(printf "1\n2\n")
  read -r -u 8 line
  echo "$line"
  qm create "$VMID" --name "$HN"
}

after() {
  read -r -u 8 line
  echo "$line"
}
