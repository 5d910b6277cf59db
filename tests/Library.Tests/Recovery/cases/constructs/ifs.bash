# IFS is the script's.
#
# compare: plain
# exit: 0

IFS=:

section() {
  list=a:b
  set -- $list
  echo "$#"
  qm create "$VMID" --name "$HN"
  IFS=,
  qm set "$VMID" --memory 5
}
