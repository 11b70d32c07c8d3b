#!/usr/bin/env bash
# Tests the served sandbox against its description with schemathesis (PyPI): every operation, every check, one seed.
# Usage: schemathesis.sh PROGRAM [further options of schemathesis]
# PROGRAM is the built souk. Needs bash, curl and schemathesis 4.32 or newer. Exit code 0 means no finding.
set -euo pipefail

program=${1:?usage: schemathesis.sh PROGRAM [options of schemathesis]}
shift
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=server.sh
source "$here/server.sh"

start_server "The sandbox" "$program" sandbox --port 0 --refuse-numeric-ids

export SANDBOX_KEY=00000000000000000000000000000000
answer=$(curl --silent --show-error --fail --user demo.api:demo --header "X-Subscription-Key: $SANDBOX_KEY" \
    --header 'Content-Type: application/json' --data '{"marketplace":"us"}' "$address/token")
SANDBOX_TOKEN=$(sed -E 's/.*"token":"([^"]+)".*/\1/' <<<"$answer")
export SANDBOX_TOKEN
export SCHEMATHESIS_HOOKS="$here/refusals.py"

cd "$work" # where schemathesis leaves its files
timeout --signal=INT 235 schemathesis --config-file "$here/schemathesis.toml" run "$here/../openapi.yaml" --url "$address" \
    --checks all --phases examples,coverage,fuzzing,stateful --seed 20310304 --max-examples 90 --workers 1 \
    --generation-database none --continue-on-failure --no-color "$@" | tee "$work/log"

# A run in which an operation has only refused is no success either.
operations=$(sed -nE 's/^ +operationId: (\w+)$/\1/p' "$here/../openapi.yaml" | sort -u)
missing=$(comm -23 <(echo "$operations") <(sort -u "$work/succeeded"))
if [[ -n $missing ]]; then
    echo "These operations have never answered 200:" $missing >&2
    exit 1
fi
if ! kill -0 "$server" 2>/dev/null; then
    echo "The sandbox ended during the run." >&2
    exit 1
fi
