#!/usr/bin/env bash
eval "version=$(curl -fsSL https://example.org/version)"
echo "$version"
