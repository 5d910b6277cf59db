#!/usr/bin/env bash
export SESSION_ID=$RANDOM_UUID
post_to_api_vm
qm create "$VMID" --name test
post_update_to_api "done" "none"

