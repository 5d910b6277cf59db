#!/usr/bin/env bash
CREATED_VMID=
cleanup_vmid() {
  [[ ${CREATED_VMID:-} == "$VMID" ]] || return 0
  if qm status "$VMID" >/dev/null; then
    qm destroy "$VMID" || true
  fi
}
on_error() {
  local code=$?
  trap - ERR
  ((BASH_SUBSHELL == 0)) || exit "$code"
  cleanup_vmid
  exit "$code"
}
set -Eeuo pipefail
trap on_error ERR
VMID=$(pvesh get /cluster/nextid)
qm create "$VMID" --name test
CREATED_VMID=$VMID
