#!/usr/bin/env bash
cleanup() {
  echo "cleaning up"
  local code=$?
  exit "$code"
}
trap cleanup EXIT
