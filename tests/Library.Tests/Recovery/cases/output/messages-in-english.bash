# Messages are English where they are read, whatever the language of the user.
#
# set: LC_ALL=
# set: LANG=de_DE.UTF-8
# exit: 1
# says: en

meanwhile() {
  [[ $* != "virt-customize"* ]] || fail 1 "language: ${LANGUAGE:-}"
}

section() {
  virt-customize -a image
  qm create "$VMID" --name "$HN"
}
