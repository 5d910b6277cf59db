#!/usr/bin/env bash
curl -fsSL -o image.qcow2 https://example.org/image.qcow2
qm importdisk "$VMID" image.qcow2 local

