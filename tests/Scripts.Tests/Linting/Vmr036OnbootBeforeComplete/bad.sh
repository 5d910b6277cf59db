#!/usr/bin/env bash
qm create "$VMID" --name test --onboot 1
qm importdisk "$VMID" image.raw local

