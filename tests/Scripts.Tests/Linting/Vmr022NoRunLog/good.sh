#!/usr/bin/env bash
SESSION_ID=${RANDOM_UUID:0:8}
BUILD_LOG=$(mktemp)
export SESSION_ID BUILD_LOG
post_to_api_vm
qm create "$VMID" --name test
post_update_to_api "done" "none"

