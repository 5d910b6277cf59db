# A download that the script changed is no download any more.
#
# recovery: retry,keep
# exit: 0
# prints: 10005
# prints: 10005

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

section() {
  curl -fsSL -o disk.raw http://web/disk.raw
  stat -c %s disk.raw
  sleep 0.1
  echo more >>disk.raw
  qm create "$VMID" --name "$HN"
  qm start "$VMID"
}
