#!/usr/bin/env bash
ls /none >/dev/null

