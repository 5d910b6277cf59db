#!/usr/bin/env bash
trap 'echo interrupted; exit 130' INT
sleep 100
echo done
