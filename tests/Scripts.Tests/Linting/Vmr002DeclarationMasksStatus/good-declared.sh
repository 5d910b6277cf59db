#!/usr/bin/env bash
f() {
  local x
  x=$(date)
  local y="$x" z=$1
  declare -A map=([a]=1)
  echo "$y $z ${map[a]}"
}
f 1
