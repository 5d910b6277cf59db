#!/usr/bin/env bash
disk=$(pvesm list "$STORAGE" | awk -v id="$VMID" '$1 ~ ("vm-" id "-disk-") {print $1}')
qm set "$VMID" --scsi0 "$disk"

