#!/usr/bin/env bash
cleanup_vmid() {
  qm destroy "$VMID" || true # vmrecovery disable=VMR030 -- shown by VMR030
}
trap 'cleanup_vmid; exit 130' INT
answer=$(whiptail --inputbox "Number" 8 58 100 3>&1 1>&2 2>&3) || exit 130
if qm status "$answer" &>/dev/null; then
  exit 1
fi
VMID=$answer
qm create "$VMID" --name test
