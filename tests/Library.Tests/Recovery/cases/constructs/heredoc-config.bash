# A file written by the section is there.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  printf "#cloud-config\n" >/var/lib/vz/snippets/user.yml
  qm set "$VMID" --cicustom user=local:snippets/user.yml
}
