#!/usr/bin/env bash
storages=$(pvesm status)
while read -r name _; do
  echo "$name"
done <<<"$storages"

