#!/usr/bin/env bash
log=$(mktemp)
curl -fsSL https://example.org/list 2>"$log"
cat "$log"

