# The rest of the script may wait for a job of the section.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  (
    sleep 0.2
    echo done >/tmp/job
  ) &
  job=$!
}

after() {
  wait "$job" 2>/dev/null || while [[ ! -s /tmp/job ]]; do sleep 0.05; done
  cat /tmp/job
}
