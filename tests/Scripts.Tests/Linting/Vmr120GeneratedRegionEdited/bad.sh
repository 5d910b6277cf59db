#!/usr/bin/env bash
# >>> vmrecovery guard 000000000000
echo edited
# <<< vmrecovery guard

