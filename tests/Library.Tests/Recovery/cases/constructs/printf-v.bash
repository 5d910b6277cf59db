# printf -v and mapfile work.
#
# compare: plain
# exit: 0

section() {
  printf -v word %s x
  mapfile -t lines < <(printf "1\n2\n")
  echo "$word ${#lines[@]}"
  qm create "$VMID" --name "$HN"
}
