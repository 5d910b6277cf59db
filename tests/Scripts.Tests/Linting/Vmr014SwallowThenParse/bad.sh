#!/usr/bin/env bash
out=$(qm importdisk "$VMID" "$image" "$storage" 2>&1 || true)
disk=$(sed -n "s/^unused0: //p" <<<"$out")
qm set "$VMID" --scsi0 "$disk"
