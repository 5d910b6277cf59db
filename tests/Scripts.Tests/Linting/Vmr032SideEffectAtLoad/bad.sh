load_functions() {
  color
  cleanup_vmid
}
cleanup_vmid() {
  qm destroy "$VMID"
}
