#!/usr/bin/env bash
set -e
name=$(hostname -f)
rc=$?
echo "$name $rc"
