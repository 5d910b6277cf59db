#!/usr/bin/env bash
cleanup() {
  local code=$?
  if [[ $code -eq 0 ]]; then
    post_update_to_api "aborted" "0"
  fi
}
trap cleanup EXIT
post_to_api_vm
post_update_to_api "done" "none"
