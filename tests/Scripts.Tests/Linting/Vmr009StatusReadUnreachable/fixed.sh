#!/usr/bin/env bash
set -e
rc=0
name=$(hostname -f) || rc=$?
echo "$name $rc"
