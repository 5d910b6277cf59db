# With a TMPDIR libguestfs keeps its appliance there.
#
# set: TMPDIR=/root
# compare: plain
# exit: 0
# prints: /root

export TMPDIR=/root
meanwhile() {
  [[ $* != "virt-customize"* ]] || echo "${LIBGUESTFS_CACHEDIR:-${TMPDIR:-/var/tmp}}"
}

section() {
  virt-customize -a image
  qm create "$VMID" --name "$HN"
}
