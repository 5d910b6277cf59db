#!/usr/bin/env bash
qm set "$VMID" --cipassword "$password"

