#!/usr/bin/env bash
usage() {
  echo "usage: tool FILE"
  exit
}
[[ $# -gt 0 ]] || usage
