#!/usr/bin/env bash
set -e
trap 'echo failed; exit 1' ERR
ls /none
