#!/usr/bin/env bash
set -eE
on_error() {
  local code=$?
  trap - ERR
  ((BASH_SUBSHELL == 0)) || exit "$code"
  echo "failed with $code"
  exit "$code"
}
trap on_error ERR
work() {
  ls /none
}
work
