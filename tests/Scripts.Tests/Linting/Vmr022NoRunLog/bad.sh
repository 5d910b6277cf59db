#!/usr/bin/env bash
post_to_api_vm
qm create "$VMID" --name test
post_update_to_api "done" "none"

