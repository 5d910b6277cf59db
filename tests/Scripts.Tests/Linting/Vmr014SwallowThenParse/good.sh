#!/usr/bin/env bash
rc=0
out=$(qm importdisk "$VMID" "$image" "$storage" 2>&1) || rc=$?
if ((rc != 0)); then
  echo "$out" >&2
  exit "$rc"
fi
disk=$(sed -n "s/^unused0: //p" <<<"$out")
qm set "$VMID" --scsi0 "$disk"
