load_functions() {
  color
}
cleanup_vmid() {
  qm destroy "$VMID"
}
