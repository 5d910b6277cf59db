#!/usr/bin/env bash
qm start "$VMID" 2>"$log"
if qm status "$VMID" &>/dev/null; then
  echo runs
fi
qm disk import --help >/dev/null 2>&1
