# The progress of an import is seen while it is at work.
#
# terminal: dumb
# exit: 0

user() {
  sees "transferred 1 of 2"
  : >/mnt/seen
  sleep 0.3
  echo y
}

meanwhile() {
  [[ $* != "qm importdisk"* ]] || {
    echo "transferred 1 of 2"
    for ((i = 0; i < 100; i++)); do
      [[ ! -e /mnt/seen ]] || exit 0
      sleep 0.05
    done
    fail 1 "nobody saw it"
  }
}

section() {
  qm create "$VMID" --name "$HN"
  : >image
  qm importdisk "$VMID" image "$STORAGE"
}
