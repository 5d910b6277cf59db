#!/usr/bin/env bash
set -e
if answer=$(whiptail --inputbox "Name" 8 58 3>&1 1>&2 2>&3); then
  echo "$answer"
fi
while ! answer=$(whiptail --inputbox "Name" 8 58 3>&1 1>&2 2>&3); do
  echo again
done
