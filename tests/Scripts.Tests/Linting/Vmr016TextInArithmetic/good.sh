#!/usr/bin/env bash
code=$(pct exec 100 -- cat /root/code)
[[ $code =~ ^[0-9]+$ ]] || exit 1
if [[ $code -ne 0 ]]; then
  exit 1
fi
