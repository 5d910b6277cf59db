#!/usr/bin/env bash
set -e
is_there() {
  local name=$1
  [[ -n $name ]] || return 1
  curl -fsSL -o /dev/null "https://example.org/$name"
}
is_there x || exit 1
