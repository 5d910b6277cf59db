# The rest of the script goes on in the directory to which the section changed.
#
# compare: plain
# exit: 0

section() {
  mkdir /tmp/work
  cd /tmp/work
  qm create "$VMID" --name "$HN"
}

after() {
  echo "$PWD"
  cd - >/dev/null
  echo "$PWD"
}
