#!/usr/bin/env bash
clean() {
  rm -f "$file"
}
file=$(mktemp)
trap clean EXIT INT
sleep 10
