#!/usr/bin/env bash
size_of() {
  local size=$(stat -c %s "$1")
  echo "$size"
}
size_of "$1"
