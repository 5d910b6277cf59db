#!/usr/bin/env bash
cleanup_vmid() {
  qm destroy "$VMID" || true # vmrecovery disable=VMR030 -- shown by VMR030
}
trap 'cleanup_vmid; exit 130' INT
VMID=$(whiptail --inputbox "Number" 8 58 100 3>&1 1>&2 2>&3) || exit 130
if qm status "$VMID" &>/dev/null; then
  exit 1
fi
qm create "$VMID" --name test
