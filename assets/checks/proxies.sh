#!/usr/bin/env bash
# Compares what souk makes of proxy settings with what curl makes of them. Usage: proxies.sh PROGRAM
# PROGRAM is the built souk. Needs bash, python3 and curl. Exit code 0 means no finding.
set -euo pipefail

program=${1:?usage: proxies.sh PROGRAM}
timeout 120 python3 "$(dirname "$0")/proxies.py" "$program"
