# What a section reads from a file is read again.
#
# recovery: retry,keep
# exit: 0
# prints: 1 2
# prints: 1 2

meanwhile() {
  [[ $* != "qm start"* || -e /mnt/started ]] || { : >/mnt/started && fail 255 "start failed: QEMU exited with code 1"; }
}

section() {
  while read -r first second; do echo "$first $second"; done <<<"1 2"
  qm create "$VMID" --name "$HN"
  qm start "$VMID"
}
