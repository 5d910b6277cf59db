# The section may wait for a job that was begun before it.
#
# compare: plain
# exit: 0

(
  sleep 0.2
  exit 0
) &
job=$!

section() {
  wait "$job"
  echo "job $?"
  qm create "$VMID" --name "$HN"
}
