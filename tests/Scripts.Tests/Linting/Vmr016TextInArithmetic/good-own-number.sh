#!/usr/bin/env bash
count=$(curl -fsSL https://example.org/list | wc -l)
if ((count > 3)); then
  echo many
fi
