# A directory that was made before the section may be removed in it.
#
# compare: plain
# exit: 0

TEMP_DIR=/tmp/work && mkdir /tmp/work

section() {
  curl -fsSL -o "$TEMP_DIR/disk.raw" http://web/disk.raw
  qm create "$VMID" --name "$HN"
  qm importdisk "$VMID" "$TEMP_DIR/disk.raw" "$STORAGE"
  rm -rf "$TEMP_DIR"
}
