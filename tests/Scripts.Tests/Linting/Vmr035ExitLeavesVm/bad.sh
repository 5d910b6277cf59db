#!/usr/bin/env bash
set -Eeuo pipefail
MADE=
on_error() {
  local code=$?
  ((BASH_SUBSHELL == 0)) || exit "$code"
  trap - ERR
  [[ -z $MADE ]] || qm destroy "$VMID" || true
  exit "$code"
}
trap on_error ERR
qm create "$VMID" --name test
MADE=1
if [[ ! -s $image ]]; then
  echo "error: no image" >&2
  exit 226
fi

