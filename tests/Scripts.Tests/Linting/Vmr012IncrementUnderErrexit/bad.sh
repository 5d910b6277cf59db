#!/usr/bin/env bash
set -e
count=0
for file in *; do
  ((count++))
done
echo "$count"

