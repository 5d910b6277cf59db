#!/usr/bin/env bash
hostname -f
rc=$?
echo "$rc"
