# After a failure the EXIT trap finds the directories as the section left them.
#
# recovery: abort
# exit: 9
# prints: cleaned /root

trap 'popd >/dev/null && echo "cleaned $PWD"' EXIT

section() {
  qm create "$VMID" --name "$HN"
  mkdir /tmp/work
  pushd /tmp/work >/dev/null
  exit 9
}
