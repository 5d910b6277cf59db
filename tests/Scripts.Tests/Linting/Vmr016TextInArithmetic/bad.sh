#!/usr/bin/env bash
code=$(pct exec 100 -- cat /root/code)
if [[ $code -ne 0 ]]; then
  exit 1
fi
