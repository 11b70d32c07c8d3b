# Starts a server for a check, in bash with `set -euo pipefail`: `start_server NAME COMMAND...`. The server's first line
# is its address, afterwards in `address`; its errors are in `$work/errors`. It ends with the check, and so does `$work`.

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

start_server() {
    local name=$1
    shift
    "$@" >"$work/address" 2>"$work/errors" &
    server=$!
    for _ in $(seq 300); do
        [[ -s $work/address ]] && break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    address=$(head -n 1 "$work/address")
    if [[ -z $address ]]; then
        echo "$name did not start:" >&2
        cat "$work/errors" >&2
        exit 1
    fi
}
