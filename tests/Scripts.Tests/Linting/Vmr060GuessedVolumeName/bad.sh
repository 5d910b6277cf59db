#!/usr/bin/env bash
qm importdisk "$VMID" image.raw local-lvm
qm set "$VMID" --scsi0 "local-lvm:vm-$VMID-disk-0"

