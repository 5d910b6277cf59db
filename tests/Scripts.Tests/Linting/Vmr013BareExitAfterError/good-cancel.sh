#!/usr/bin/env bash
if ! whiptail --yesno "Go on?" 8 58; then
  echo "Nothing was changed."
  exit
fi
