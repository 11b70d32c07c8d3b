#!/usr/bin/env python3
"""Figures of the command line, beside curl and jq at the same served sandbox in the same run.

    python3 assets/checks/figures.py .build/release/souk

Prints rows a second and peak memory of `subscriptions list --all --jsonl` of 100,000 rows, and how long `souk --version`
and a one-row `show` take from the shell. Needs curl and jq, and a machine that does nothing else.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROWS = int(os.environ.get("ROWS", "100000"))
TIMES = int(os.environ.get("TIMES", "21"))
KEY = "0" * 32
souk = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/souk")


def run(words, environment, output=subprocess.DEVNULL):
    """Seconds, and the peak of its memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(words, env=environment, stdout=output, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{words[:3]} ended with {process.returncode}: {errors.decode()[:500]}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def line(name, seconds, memory=None, rows=None):
    text = f"{name:58}{seconds * 1000:10.1f} ms" if rows is None else f"{name:58}{seconds:10.2f} s "
    if rows is not None:
        text += f"{rows / seconds:12,.0f} rows/s"
    if memory is not None:
        text += f"{memory:8.1f} MB"
    print(text, flush=True)


def in_turn(commands, environment):
    """The median of each, all in turn, so that a busy moment meets all of them."""
    taken = {name: [] for name, _ in commands}
    for _ in range(TIMES):
        for name, words in commands:
            taken[name].append(run(words, environment))
    for name, _ in commands:
        line(name, statistics.median(t for t, _ in taken[name]), max(m for _, m in taken[name]))


CURL = r"""
token=$(curl -sf -X POST -u "$SOUK_USER:$SOUK_PASSWORD" -H "X-Subscription-Key: $SOUK_SUBSCRIPTION_KEY" \
    -H 'Content-Type: application/json' -d "{\"marketplace\":\"$SOUK_MARKETPLACE\"}" "$SOUK_BASE_URL/token" | jq -r .token)
"""
LOOP = CURL + r"""
offset=0
while :; do
    curl -sf -H "Authorization: Bearer $token" -H "X-Subscription-Key: $SOUK_SUBSCRIPTION_KEY" \
        "$SOUK_BASE_URL/subscriptions?offset=$offset&limit=500" >"$1/page"
    jq -c '.data[]' "$1/page"
    offset=$((offset + 500))
    [ "$offset" -lt "$(jq .pagination.total "$1/page")" ] || break
done
"""
ONE = CURL + r"""
curl -sf -H "Authorization: Bearer $token" -H "X-Subscription-Key: $SOUK_SUBSCRIPTION_KEY" "$SOUK_BASE_URL/subscriptions/1000917"
"""


def main():
    folder = tempfile.mkdtemp()
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "XDG_STATE_HOME": folder, "LC_ALL": "C.UTF-8"}
    server = subprocess.Popen(
        [souk, "sandbox", "--port", "0", "--subscriptions", str(ROWS)], env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True)
    try:
        environment |= {
            "SOUK_BASE_URL": server.stdout.readline().strip(), "SOUK_MARKETPLACE": "us", "SOUK_USER": "demo.api",
            "SOUK_PASSWORD": "demo", "SOUK_SUBSCRIPTION_KEY": KEY,
        }
        # The sandbox makes its data at the first request.
        run([souk, "subscriptions", "show", "1000917"], environment)
        for share in [10, 2, 1]:
            path = f"{folder}/rows"
            with open(path, "wb") as output:
                words = [souk, "subscriptions", "list", "--jsonl", "--max-calls", "9999"]
                words += ["--all"] if share == 1 else ["--limit", str(ROWS // share)]
                seconds, memory = run(words, environment, output)
            with open(path, "rb") as rows:
                count = sum(1 for row in rows if json.loads(row)["id"])
            line(f"souk subscriptions list --jsonl, {count:,} rows", seconds, memory, count)
        with open(path, "wb") as output:
            seconds, _ = run(["bash", "-c", LOOP, "loop", folder], environment, output)
        with open(path, "rb") as rows:
            count = sum(1 for _ in rows)
        line(f"curl and jq, page by page, {count:,} rows", seconds, None, count)
        in_turn(
            [
                ("souk --version", [souk, "--version"]), ("curl --version", ["curl", "--version"]),
                ("souk subscriptions show 1000917 --no-names --json", [
                    souk, "subscriptions", "show", "1000917", "--no-names", "--json"]),
                ("souk subscriptions show 1000917 --json", [souk, "subscriptions", "show", "1000917", "--json"]),
                ("curl: the sign-in, then the row", ["bash", "-c", ONE]),
            ], environment)
    finally:
        server.terminate()
        server.wait()


main()
