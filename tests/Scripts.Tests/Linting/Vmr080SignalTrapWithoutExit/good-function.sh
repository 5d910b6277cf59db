#!/usr/bin/env bash
stop() {
  echo "stopped"
  exit 143
}
trap stop INT TERM HUP
sleep 10
