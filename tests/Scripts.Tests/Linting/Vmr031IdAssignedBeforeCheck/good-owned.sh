#!/usr/bin/env bash
made=
clean() {
  [[ $made == "$VMID" ]] || return 0
  qm destroy "$VMID" || true
}
trap 'clean; exit 130' INT
VMID=$(whiptail --inputbox "Number" 8 58 100 3>&1 1>&2 2>&3) || exit 130
qm create "$VMID" --name test
made=$VMID
