#!/usr/bin/env bash
if [[ -z $1 ]]; then
  echo "error: no file given"
  exit 1
fi
