# A cache directory that the user chose for libguestfs stays.
#
# set: LIBGUESTFS_CACHEDIR=/root/cache
# compare: plain
# exit: 0
# prints: /root/cache

meanwhile() {
  [[ $* != "virt-customize"* ]] || echo "${LIBGUESTFS_CACHEDIR:-${TMPDIR:-/var/tmp}}"
}

section() {
  virt-customize -a image
  qm create "$VMID" --name "$HN"
}
