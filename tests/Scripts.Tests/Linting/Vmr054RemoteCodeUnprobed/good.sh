#!/usr/bin/env bash
functions=$(curl -fsSL https://example.org/functions.sh) || exit 115
source /dev/stdin <<<"$functions"
greet

