# A command behind `timeout`, `nice` or a path is seen: what it made goes with an abort.
#
# recovery: abort
# exit: 4
# left: nothing
# says: Failed (exit code 4): qm set 100 --memory 1
# says: Everything this run created was removed.

meanwhile() {
  [[ "$*" != "qm set 100 --memory"* ]] || fail 4 "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout"
}

section() {
  curl -fsSL -o disk.raw http://web/disk.raw
  timeout 60 qm create "$VMID" --name "$HN"
  nice -n 5 qm importdisk "$VMID" disk.raw local-lvm
  env LC_ALL=C timeout -k 5 60 pvesm alloc local "$VMID" "vm-$VMID-disk-9.raw" 4M
  command qm set "$VMID" --memory 1
}
