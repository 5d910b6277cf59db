# The reason of a failed import stands behind its progress.
#
# recovery: keep
# exit: 25
# log: No space left on device
# prints: reason last

meanwhile() {
  [[ $* != "qm importdisk"* ]] || {
    echo "importing disk"
    printf "transferred %s of 9\n" {1..9}
    fail 25 "qemu-img: error while writing at byte 0: No space left on device"
  }
}
section() {
  qm create "$VMID" --name "$HN"
  : >image
  qm importdisk "$VMID" image "$STORAGE" >/dev/null
}
whole() {
  status=0
  (vm_create_with_recovery section) || status=$?
  grep -A1 "transferred 9" /tmp/vm-install-100.log | grep -q "No space" && echo "reason last"
  return "$status"
}
