#!/usr/bin/env bash
silent() {
  local code=0
  "$@" >/dev/null || code=$?
  return "$code"
}
silent ls /none
