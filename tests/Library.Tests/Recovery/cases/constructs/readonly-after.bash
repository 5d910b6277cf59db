# A name that the section makes readonly is readonly.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  readonly LIMIT=1
}

after() {
  echo "$LIMIT"
  (LIMIT=2) 2>/dev/null || echo readonly
}
