#!/usr/bin/env bash
trap "echo one; echo two" EXIT

