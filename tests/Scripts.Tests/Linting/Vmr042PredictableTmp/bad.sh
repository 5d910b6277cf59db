#!/usr/bin/env bash
curl -fsSL https://example.org/list 2>/tmp/curl_error.log
cat /tmp/curl_error.log

