# libguestfs keeps its appliance where it does without recovery.
#
# compare: plain
# exit: 0
# prints: /var/tmp

meanwhile() {
  [[ $* != "virt-customize"* ]] || echo "${LIBGUESTFS_CACHEDIR:-${TMPDIR:-/var/tmp}}"
}

section() {
  virt-customize -a image
  qm create "$VMID" --name "$HN"
}
