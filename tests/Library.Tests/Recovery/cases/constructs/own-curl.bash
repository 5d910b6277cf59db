# A function of the script may be called as a program is.
#
# compare: plain
# exit: 0

curl() { command curl -fsSL "$@"; }

section() {
  qm create "$VMID" --name "$HN"
  curl -o image http://web/disk.raw
}
