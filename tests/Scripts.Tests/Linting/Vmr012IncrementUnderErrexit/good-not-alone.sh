#!/usr/bin/env bash
set -e
i=0
((i++)) || true
((++i))
i=$((i++ + 1))
if ((i++)); then
  echo "$i"
fi
