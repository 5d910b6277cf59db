#!/usr/bin/env bash
qm importdisk "$VMID" image.raw local-lvm
disk=$(qm config "$VMID" | sed -n "s/^unused0: //p")
qm set "$VMID" --scsi0 "$disk"

