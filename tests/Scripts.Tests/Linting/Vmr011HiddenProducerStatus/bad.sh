#!/usr/bin/env bash
while read -r name _; do
  echo "$name"
done < <(pvesm status)

