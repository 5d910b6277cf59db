#!/usr/bin/env bash
code=$(ssh host cat /tmp/code)
case $code in
*[!0-9]*) exit 1 ;;
esac
((code == 0)) || exit 1
