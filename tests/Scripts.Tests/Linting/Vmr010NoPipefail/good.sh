#!/usr/bin/env bash
set -eo pipefail
names=$(pvesm status | tail -n +2)
echo "$names"

