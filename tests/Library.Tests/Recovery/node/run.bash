# Runs one case in new mount and PID namespaces. Arguments: LIBRARY CASE MODE, where MODE is plain or recovery.
# Prints pairs of name and content, each ended by a NUL.
set -eu
library=$1 case=$2 mode=$3 here=${BASH_SOURCE[0]%/*}

# Everything that a case may touch is in memory. /mnt holds the node itself and what was measured.
mount -t tmpfs tmpfs /mnt
mkdir /mnt/{node,machine,etc,lvm,lvm/local-lvm,nfs,nfs/images,running,web,root}
cp -r "$here"/{bin,node.bash} /mnt/node
cp "$library" /mnt/node/vm-core.func
cp "$case" /mnt/node/case.bash
mount --bind /etc /mnt/machine
mount -t tmpfs tmpfs /etc
ln -s -t /etc /mnt/machine/*
rm -f /etc/pve
for directory in /var/lib /run /tmp /var/tmp /root; do mount -t tmpfs -o size="${TMP_SIZE:-64m}" tmpfs "$directory"; done
chmod 1777 /tmp /var/tmp
mkdir -p /etc/pve/nodes/{pve,other}/{qemu-server,lxc} /var/lib/vz/{images,snippets,template/{iso,cache}}
ln -s nodes/pve/qemu-server nodes/pve/lxc /etc/pve
printf '%s\n' 'local dir /var/lib/vz active' 'local-lvm lvmthin /mnt/lvm/local-lvm active' 'nfs dir /mnt/nfs active' \
  >/mnt/storages
: >/mnt/calls
# A library that is traced notes its functions here.
: >/mnt/reached
# Numbers do not compress: an archive of them has a size.
printf '%s\n' {1000..3000} >/mnt/web/disk.raw
cd /root
export PATH=/mnt/node/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root
unset -v VM_ERROR_LOG TMPDIR

# What is on the node: a line for each VM, volume, file and directory, with a sum of its content.
snapshot() {
  local name type path file
  for file in /etc/pve/nodes/pve/qemu-server/*.conf; do
    [[ ! -e $file ]] || { name=${file##*/} && printf 'VM %s\t%s\n' "${name%.conf}" "$(cksum <"$file")"; }
  done
  while read -r name type path _; do
    [[ $type != dir ]] || path+=/images
    for file in "$path"/* "$path"/*/*; do
      [[ ! -f $file ]] || printf '%s:%s\t%s\n' "$name" "${file#"$path"/}" "$(cksum <"$file")"
    done
  done </mnt/storages
  find /tmp /var/tmp /root /run /var/lib/vz -mindepth 1 -not -path '/var/lib/vz/images/*' -not -path /run/vm-recovery \
    -not -path '/tmp/vm-install-*' \( -type f -printf '%p\t' -exec cksum {} \; -o -printf '%p\t%y%l\n' \)
}

cat >/mnt/node/script <<S
source /mnt/node/vm-core.func recovery
VMID=100 HN=web STORAGE=local-lvm DISK_SIZE=8G RAM_SIZE=2048 CORE_COUNT=2
source /mnt/node/case.bash
if declare -F whole >/dev/null; then
  whole
else
  set -e
  if [[ $mode == plain ]]; then section; else vm_create_with_recovery section; fi
  if declare -F after >/dev/null; then after; fi
fi
S

# shellcheck source=/dev/null # the case
(
  source /mnt/node/case.bash
  if declare -f meanwhile; then printf '\nmeanwhile "$@"\n'; fi >/mnt/hook
  if declare -F node >/dev/null; then node; fi
) >/dev/null
snapshot >/mnt/before 2>/dev/null
: >/mnt/out
: >/mnt/err
if [[ -n ${CASE_TERMINAL:-} ]]; then
  run=(env TERM="$CASE_TERMINAL" SHELL=/bin/bash script -qefc 'exec bash /mnt/node/script' /dev/null)
else
  run=(setsid --wait bash /mnt/node/script)
fi
unset -v CASE_TERMINAL
if grep -q '^user()' /mnt/node/case.bash; then
  # Waits until the script has printed $1, ten seconds at most.
  sees() {
    local tries
    for ((tries = 0; tries < 200; tries++)); do
      ! grep -aqF -- "$1" /mnt/out /mnt/err || return 0
      sleep 0.05
    done
    echo "never seen: $1" >>/mnt/err
  }
  mkfifo /mnt/stdin
  (
    source /mnt/node/case.bash
    user
  ) >/mnt/stdin 2>>/mnt/err &
  "${run[@]}" </mnt/stdin >>/mnt/out 2>>/mnt/err && status=0 || status=$?
else
  "${run[@]}" </dev/null >>/mnt/out 2>>/mnt/err && status=0 || status=$?
fi
sleep "${CASE_WAIT:-0}"
snapshot >/mnt/left 2>/dev/null
cat /tmp/vm-install-* >/mnt/log 2>/dev/null || true
printf 'exit\0%s\0' "$status"
for name in out err log before left calls reached; do
  printf '%s\0' "$name"
  tr -d '\0' <"/mnt/$name"
  printf '\0'
done
