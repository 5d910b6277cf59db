#!/usr/bin/env bash
set -e
clean() {
  if popd >/dev/null; then
    echo back
  fi
  kill "$pid" 2>/dev/null || true
}
trap clean EXIT
