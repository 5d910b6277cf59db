# A download may be tried until its sum is right.
#
# compare: plain
# exit: 0

node() {
  echo half >/mnt/web/part
}

section() {
  for try in 1 2 3; do
    curl -fsSL -o image http://web/part || true
    [[ $(cksum <image) == "$(cksum </mnt/web/disk.raw)" ]] && break
    cp /mnt/web/disk.raw /mnt/web/part
  done
  echo "$try"
  qm create "$VMID" --name "$HN"
}
