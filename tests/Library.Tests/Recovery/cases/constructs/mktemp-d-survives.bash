# A temporary directory of the section is there in the rest of the script.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  folder=$(mktemp -d)
  echo kept >"$folder/notes"
}

after() {
  cat "$folder/notes"
  rm -rf "$folder"
}
