#!/usr/bin/env bash
qm create "$VMID" --name test
if whiptail --yesno "Destroy it again?" 8 58; then
  qm destroy "$VMID"
fi
