#!/usr/bin/env bash
flags="-r -f"
rm $flags "$dir"
rm -rf ${extra:+"$extra"}
qm set "$VMID" $MACHINE
