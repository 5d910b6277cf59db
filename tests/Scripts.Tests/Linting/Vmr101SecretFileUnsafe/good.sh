#!/usr/bin/env bash
file=$(mktemp)
echo "$DB_PASSWORD" >"$file"

