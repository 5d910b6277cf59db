#!/usr/bin/env bash
cleanup() {
  rm -rf "$dir"
}
trap cleanup EXIT
dir=$(mktemp -d)
touch "$dir/x"

