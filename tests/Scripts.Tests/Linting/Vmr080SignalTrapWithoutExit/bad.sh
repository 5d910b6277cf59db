#!/usr/bin/env bash
trap 'echo interrupted' INT
sleep 100
echo done
