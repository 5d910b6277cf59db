#!/usr/bin/env bash
cleanup() {
  rm -rf "$dir"
}
dir=$(mktemp -d)
trap cleanup EXIT
touch "$dir/x"

