#!/usr/bin/env bash
set -e
on_error() {
  local code=$?
  trap - ERR
  trap '' INT TERM HUP
  set +e
  logger "failed with $code"
  exit "$code"
}
trap on_error ERR
ls /none
