# getopts works in the section.
#
# compare: plain
# exit: 0

section() {
  set -- -a x
  while getopts a: letter; do echo "$letter $OPTARG"; done
  qm create "$VMID" --name "$HN"
}
