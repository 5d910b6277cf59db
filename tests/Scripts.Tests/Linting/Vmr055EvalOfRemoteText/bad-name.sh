#!/usr/bin/env bash
for i in 0 1; do
  eval DISK${i}=vm-$i
done
