# A secret among the words of a command is not in the log, and not on the screen.
#
# recovery: keep
# log-silent: S3CR3T

meanwhile() {
  [[ $* != "qm set"* ]] || fail 3 "the password S3CR3T was refused"
}

section() {
  qm create "$VMID" --name "$HN"
  qm set "$VMID" --name x
}
