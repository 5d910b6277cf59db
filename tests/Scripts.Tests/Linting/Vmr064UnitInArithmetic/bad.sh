#!/usr/bin/env bash
DISK_SIZE="8G"
echo $((DISK_SIZE * 2))

