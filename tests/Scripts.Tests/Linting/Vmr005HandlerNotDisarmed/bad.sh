#!/usr/bin/env bash
set -e
on_error() {
  local code=$?
  logger "failed with $code"
  exit "$code"
}
trap on_error ERR
ls /none
