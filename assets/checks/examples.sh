#!/usr/bin/env bash
# Holds the client against the description: every example becomes a value that tells the same, every request is as
# described. Usage: examples.sh PROGRAM
# PROGRAM is the built DescriptionCheck. Needs bash and python3 with openapi-core. Exit code 0 means no finding.
set -euo pipefail

program=${1:?usage: examples.sh PROGRAM}
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=server.sh
source "$here/server.sh"

start_server "The server of examples" python3 "$here/examples.py" "$here/../openapi.yaml"
status=0
timeout 120 "$program" "$address" || status=$?
cat "$work/errors" >&2
exit "$status"
