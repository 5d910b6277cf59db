#!/usr/bin/env bash
clean() {
  local code=$?
  [[ $code -ne 0 ]] || post_update_to_api "aborted" "0"
}
trap clean EXIT
post_to_api_vm
post_update_to_api "done" "none"
