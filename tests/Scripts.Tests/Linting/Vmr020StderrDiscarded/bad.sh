#!/usr/bin/env bash
qm start "$VMID" >/dev/null 2>&1

