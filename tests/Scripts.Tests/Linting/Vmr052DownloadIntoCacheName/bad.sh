#!/usr/bin/env bash
if [[ ! -s $cache ]]; then
  curl -fsSL -o "$cache" https://example.org/image.qcow2
fi

