#!/usr/bin/env bash
set -e
cleanup() {
  popd >/dev/null
  rm -rf "$dir"
}
dir=$(mktemp -d)
trap cleanup EXIT
pushd "$dir" >/dev/null
