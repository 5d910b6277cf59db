#!/usr/bin/env bash
qm set "$VMID" --sshkeys "$keys"

