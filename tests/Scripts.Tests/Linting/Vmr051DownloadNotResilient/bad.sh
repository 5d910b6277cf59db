#!/usr/bin/env bash
curl -sSL -o image.iso https://example.org/image.iso

