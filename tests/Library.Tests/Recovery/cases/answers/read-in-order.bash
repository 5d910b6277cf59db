# The n-th question of read gets the n-th answer.
#
# recovery: retry,keep
# terminal: dumb
# exit: 0
# says: second one two

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}
user() {
  printf "one\ntwo\n"
  sleep 3
}

section() {
  for name in first second; do read -r "$name"; done
  qm create "$VMID" --name "$HN"
  [[ ! -e /mnt/started ]] || echo "second $first $second"
  qm start "$VMID"
}
