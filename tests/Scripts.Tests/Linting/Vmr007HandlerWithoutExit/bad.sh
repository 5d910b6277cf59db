#!/usr/bin/env bash
set -e
on_error() {
  local code=$?
  trap - ERR
  echo "failed with $code"
}
trap on_error ERR
ls /none
