# A question that read asked is not asked again on a retry.
#
# recovery: retry,keep
# terminal: dumb
# exit: 0
# says: got yes
# says: got yes again

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}
user() {
  sees "Sure?"
  echo yes
  sleep 3
}

section() {
  read -r -p "Sure? " answer
  qm create "$VMID" --name "$HN"
  echo "got $answer${again:+ again}"
  [[ ! -e /mnt/started ]] || again=1
  echo "got $answer${again:+ again}"
  qm start "$VMID"
}
