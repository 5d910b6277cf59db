# The section reads the script's stdin.
#
# compare: plain
# exit: 0

exec < <(echo hello)

section() {
  read -r word
  echo "got $word"
  qm create "$VMID" --name "$HN"
}
