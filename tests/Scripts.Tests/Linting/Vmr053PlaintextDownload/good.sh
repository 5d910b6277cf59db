#!/usr/bin/env bash
curl -fsSL -o tool.tar.gz https://example.org/tool.tar.gz
tar -xf tool.tar.gz

