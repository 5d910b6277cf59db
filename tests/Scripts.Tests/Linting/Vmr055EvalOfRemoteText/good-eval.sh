#!/usr/bin/env bash
eval "$(ssh-agent -s)"
eval "$saved_options"
eval "set -- $quoted"
