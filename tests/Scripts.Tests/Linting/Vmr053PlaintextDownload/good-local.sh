#!/usr/bin/env bash
curl -fsSL -o page http://localhost:8080/status
curl -fsSL -o page http://127.0.0.1/status
curl -fsSL -o page "http://$host/status"
curl -fsS http://example.org/health >/dev/null
