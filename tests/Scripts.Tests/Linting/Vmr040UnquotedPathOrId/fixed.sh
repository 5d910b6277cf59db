#!/usr/bin/env bash
dir=$(mktemp -d)
rm -rf "$dir"

