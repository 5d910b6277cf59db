#!/usr/bin/env bash
set -e
answer=$(whiptail --inputbox "Name" 8 58 3>&1 1>&2 2>&3) || exit 130
echo "$answer"

