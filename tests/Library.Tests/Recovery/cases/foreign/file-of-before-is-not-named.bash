# A file that was there before, and that the section only writes to, is nobody's leftover.
#
# recovery: abort
# exit: 1
# left: changed /var/lib/vz/snippets/shared.yml
# silent: Still there

node() {
  echo mine >/var/lib/vz/snippets/shared.yml
  sleep 0.1
}

section() {
  qm create "$VMID" --name "$HN"
  echo more >>/var/lib/vz/snippets/shared.yml
  false
}
