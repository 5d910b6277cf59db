#!/usr/bin/env bash
echo "$DB_PASSWORD" >/tmp/credentials

