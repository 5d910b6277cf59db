#!/usr/bin/env bash
qm create "$VMID" --name test
pvesm list local | grep "vm-$VMID-disk-"
echo "made vm-$VMID-disk-0"
