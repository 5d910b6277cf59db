#!/usr/bin/env bash
source <(curl -fsSL https://example.org/functions.sh)
greet

