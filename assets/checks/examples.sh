#!/usr/bin/env bash
# Holds the client against the description: every example becomes a value that tells the same, every request is as
# described. Usage: examples.sh PROGRAM
# PROGRAM is the built DescriptionCheck. Needs bash and python3 with openapi-core. Exit code 0 means no finding.
set -euo pipefail

program=${1:?usage: examples.sh PROGRAM}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
server=
finish() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap finish EXIT

python3 "$here/examples.py" "$here/../openapi.yaml" >"$work/address" 2>"$work/errors" &
server=$!
for _ in $(seq 300); do
    [[ -s $work/address ]] && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
if [[ ! -s $work/address ]]; then
    echo "The server of examples did not start:" >&2
    cat "$work/errors" >&2
    exit 1
fi
status=0
timeout 120 "$program" "$(head -n 1 "$work/address")" || status=$?
cat "$work/errors" >&2
exit "$status"
