#!/usr/bin/env bash
trap '' INT
sleep 10
trap - INT
trap 'kill -TERM $$' HUP
