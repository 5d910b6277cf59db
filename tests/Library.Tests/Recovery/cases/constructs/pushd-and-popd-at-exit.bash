# A directory stack of the section is there in the EXIT trap.
#
# compare: plain
# exit: 0

trap 'popd >/dev/null && echo cleaned' EXIT

section() {
  mkdir /tmp/work
  pushd /tmp/work >/dev/null
  qm create "$VMID" --name "$HN"
}

after() {
  true
}
