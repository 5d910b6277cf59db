#!/usr/bin/env bash
qm create "$VMID" --name test
qm importdisk "$VMID" image.raw local
qm set "$VMID" --onboot 1

