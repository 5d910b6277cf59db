#!/usr/bin/env bash
made=no
clean() {
  if [[ $made == yes ]]; then
    qm destroy "$VMID" || true
  fi
}
trap clean EXIT
qm create "$VMID" --name test
made=yes
