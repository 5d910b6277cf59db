# An image whose customizing failed is customized again.
#
# recovery: retry,keep
# exit: 0
# prints: 1

meanwhile() {
  [[ $* != "virt-customize"* || -e /mnt/once ]] || { : >/mnt/once && fail 1 "virt-customize: error: x"; }
}

section() {
  curl -fsSL -o disk.raw http://web/disk.raw
  virt-customize -a disk.raw --install x
  qm create "$VMID" --name "$HN"
  grep -ac customized: disk.raw
}
