#!/usr/bin/env bash
clean() {
  wait "$pid"
  local code=$?
  echo "the worker ended with $code"
}
trap clean EXIT
