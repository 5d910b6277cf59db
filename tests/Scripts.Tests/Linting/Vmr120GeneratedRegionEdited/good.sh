#!/usr/bin/env bash
# >>> vmrecovery guard e21b6608a0f2
echo edited
# <<< vmrecovery guard

