# A snippet that the section wrote, with a password in it, is named.
#
# recovery: abort
# exit: 1
# left: /var/lib/vz/snippets/ud-100.yml
# says: /var/lib/vz/snippets/ud-100.yml

section() {
  qm create "$VMID" --name "$HN"
  echo 'password: x' >/var/lib/vz/snippets/ud-100.yml
  qm set "$VMID" --cicustom user=local:snippets/ud-100.yml
  false
}
