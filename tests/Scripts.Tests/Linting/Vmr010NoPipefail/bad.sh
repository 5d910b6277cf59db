#!/usr/bin/env bash
set -e
names=$(pvesm status | tail -n +2)
echo "$names"

