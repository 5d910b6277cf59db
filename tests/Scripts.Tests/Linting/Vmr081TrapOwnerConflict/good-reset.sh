#!/usr/bin/env bash
trap 'echo one' EXIT
trap - EXIT
trap 'echo two' EXIT
trap 'echo three; exit 130' INT
