# A DEBUG trap of the script runs in the section.
#
# compare: plain
# exit: 0

set -T
trap 'last=$BASH_COMMAND' DEBUG

section() {
  qm create "$VMID" --name "$HN"
  [[ $last == *last* ]] || echo none
}
