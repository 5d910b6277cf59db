# Where the worker alone is killed, its lock stays: it is this run's.
#
# recovery: abort
# exit: 255
# left: nothing
# calls: qm destroy 100 --skiplock 1

meanwhile() {
  if [[ "$*" == "qm create"* ]]; then
    echo "lock: create" >/etc/pve/qemu-server/100.conf
    fail 255 "got unexpected control message: "
  fi
}

section() {
  qm create "$VMID" --name "$HN"
}
