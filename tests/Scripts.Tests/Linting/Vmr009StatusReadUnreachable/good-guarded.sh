#!/usr/bin/env bash
set -e
set +e
hostname -f
rc=$?
set -e
hostname -f || rc=$?
if ! hostname -f; then
  rc=$?
fi
echo "$rc"
