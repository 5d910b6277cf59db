#!/usr/bin/env bash
silent() {
  set +e
  "$@" >/dev/null
  local code=$?
  set -e
  return "$code"
}
silent ls /none
