#!/usr/bin/env bash
set -eE
on_error() {
  local code=$?
  trap - ERR
  echo "failed with $code"
  exit "$code"
}
trap on_error ERR
ls /none
