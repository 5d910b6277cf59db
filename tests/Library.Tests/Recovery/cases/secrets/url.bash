# A secret among the words of a command is not in the log, and not on the screen.
#
# recovery: keep
# log-silent: S3CR3T
# silent: S3CR3T

section() {
  qm create "$VMID" --name "$HN"
  curl -fsS "https://me:S3CR3T@host.invalid/x"
}
