#!/usr/bin/env bash
version=$(curl -fsSL https://example.org/version)
echo "$version"
