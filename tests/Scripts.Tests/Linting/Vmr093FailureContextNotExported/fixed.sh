#!/usr/bin/env bash
on_error() {
  local code=$?
  trap - ERR
  export FAILED_LINE=$1 FAILED_COMMAND=$2
  post_update_to_api "failed" "$code"
  exit "$code"
}
trap 'on_error $LINENO "$BASH_COMMAND"' ERR

