#!/usr/bin/env bash
curl -f -sSL -o image.iso https://example.org/image.iso

