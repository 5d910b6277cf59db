# A download that is damaged may be fetched again in the background.
#
# compare: plain
# exit: 0

node() {
  xz -k /mnt/web/disk.raw
  echo junk >/mnt/web/broken.xz
}

section() {
  fetch() {
    rm -f image.xz
    curl -fsSL -o image.xz http://web/broken.xz &
    wait $!
    xz -t image.xz 2>/dev/null
  }
  fetch || {
    cp /mnt/web/disk.raw.xz /mnt/web/broken.xz
    fetch
  }
  qm create "$VMID" --name "$HN"
}
