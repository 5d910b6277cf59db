# An ERR trap of the script does not hear what the section handles.
#
# compare: plain
# exit: 0

set -E
trap "echo ERR" ERR

section() {
  qm create "$VMID" --name "$HN"
  false || true
  value=$(false) || true
  echo "$value"
}
