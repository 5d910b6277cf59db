# exit of a $(…) ends only that.
#
# compare: plain
# exit: 0

section() {
  value=$(
    echo x
    exit 3
  ) || echo "status $?"
  echo "$value"
  qm create "$VMID" --name "$HN"
}
