#!/usr/bin/env bash
cleanup() {
  local code=$?
  echo "cleaning up"
  exit "$code"
}
trap cleanup EXIT
