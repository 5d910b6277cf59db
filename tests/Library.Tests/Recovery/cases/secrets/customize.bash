# A secret among the words of a command is not in the log, and not on the screen.
#
# recovery: keep
# log-silent: S3CR3T
# silent: S3CR3T

section() {
  qm create "$VMID" --name "$HN"
  virt-customize -a none --run-command "useradd -p S3CR3T bob"
  false
}
