#!/usr/bin/env bash
echo "error: the old file is not valid, writing it again"
write_again
exit
