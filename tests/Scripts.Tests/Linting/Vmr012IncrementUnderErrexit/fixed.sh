#!/usr/bin/env bash
set -e
count=0
for file in *; do
  count=$((count + 1))
done
echo "$count"

