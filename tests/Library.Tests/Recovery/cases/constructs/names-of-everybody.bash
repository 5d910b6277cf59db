# Names that a library might use are the script's.
#
# compare: plain
# exit: 0

vm_exists() { return 1; }
log() { echo l; }

section() {
  status=7 line=5 name=x choice=y
  qm create "$VMID" --name "$HN"
  echo "$status$line$name$choice"
}

after() {
  echo "$status$line$name$choice"
}
