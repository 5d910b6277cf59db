#!/usr/bin/env bash
ls /none 1>&/dev/null

