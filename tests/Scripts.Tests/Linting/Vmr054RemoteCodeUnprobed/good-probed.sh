#!/usr/bin/env bash
source /dev/stdin <<<"$(text=$(curl -fsSL https://example.org/f) && [[ $text == *greet* ]] && echo "$text")" || true
source ./local.sh
source <(grep '=' settings)
