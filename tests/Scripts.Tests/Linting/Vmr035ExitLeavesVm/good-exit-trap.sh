#!/usr/bin/env bash
made=
clean() {
  [[ -z $made ]] || qm destroy "$VMID" || true
}
trap clean EXIT
qm create "$VMID" --name test
made=1
[[ -s $image ]] || exit 226
