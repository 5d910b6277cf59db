#!/usr/bin/env bash
set -e
tar -xf a.tar
if [ $? -ne 0 ]; then
  echo "broken"
fi
