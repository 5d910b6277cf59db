#!/usr/bin/env bash
dir=$(mktemp -d /tmp/tool.XXXXXX)
echo x >"$dir/list"
echo x >/run/tool/list
cat </tmp/list
