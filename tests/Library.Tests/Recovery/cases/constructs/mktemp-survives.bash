# A temporary file of the section is there in the rest of the script.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  notes=$(mktemp)
  echo kept >"$notes"
}

after() {
  cat "$notes"
  rm -f "$notes"
}
