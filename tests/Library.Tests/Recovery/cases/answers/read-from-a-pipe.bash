# An answer that came through a pipe is there on a retry.
#
# recovery: retry,keep
# exit: 0
# says: again n

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}
user() { echo n; }

section() {
  read -r word
  qm create "$VMID" --name "$HN"
  [[ ! -e /mnt/started ]] || echo "again $word"
  qm start "$VMID"
}
