#!/usr/bin/env bash
case $STORAGE_TYPE in
nfs | dir | cifs) format=qcow2 ;;
*) format=raw ;;
esac
qm set "$VMID" --scsi0 "local:0,format=$format"

