#!/usr/bin/env bash
[[ -f $1 ]] || { echo "error: not found" && exit; }
