#!/usr/bin/env bash
quiet() {
  local before=$-
  set +e
  "$@"
  local code=$?
  [[ $before != *e* ]] || set -e
  return "$code"
}
quiet ls
