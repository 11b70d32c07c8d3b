"""Runs one matrix of proxy settings through curl and through souk, and compares where each request arrives.

Everything listens on 127.0.0.0/8: the addresses asked for, an HTTP proxy that can CONNECT, and a SOCKS5 proxy. Names are
under `invalid`, so that only a proxy can be asked for them. Where souk differs from curl on purpose the table says so.
"""

import dataclasses
import os
import socket
import subprocess
import sys
import tempfile
import threading

SOUK = sys.argv[1]
DIRECT, HTTP, SOCKS, NOWHERE, REFUSED = "direct", "http proxy", "socks proxy", "nowhere", "refused at the start"


class Listener:
    """Takes connections, notes what they want, and closes them."""

    def __init__(self, host, kind, port=0):
        self.kind, self.seen = kind, []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.create_server((host, port), family=family)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.socket.accept()
            threading.Thread(target=self.take, args=(connection,), daemon=True).start()

    def take(self, connection):
        with connection:
            connection.settimeout(5)
            try:
                data = connection.recv(4096)
                if not data:
                    return
                self.seen.append(data)
                if self.kind == SOCKS:
                    connection.sendall(b"\5\xff")
                elif self.kind == HTTP:
                    connection.sendall(b"HTTP/1.1 403 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            except OSError:
                pass


target = Listener("127.0.0.2", DIRECT)
http, socks = Listener("127.0.0.1", HTTP), Listener("127.0.0.1", SOCKS)
# Where the machine has no IPv6, or something of its own on the usual port, those cases are left out.
try:
    target6 = Listener("::1", DIRECT)
except OSError:
    target6 = None
try:
    usual = Listener("127.0.0.1", HTTP, 1080)
except OSError:
    usual = None
closed = socket.create_server(("127.0.0.1", 0))
closed_port = closed.getsockname()[1]
closed.close()

H, S = f"127.0.0.1:{http.port}", f"127.0.0.1:{socks.port}"
A, B = f"https://127.0.0.2:{target.port}", f"http://127.0.0.2:{target.port}"
NAME = "https://api.example.invalid"


@dataclasses.dataclass
class Case:
    url: str
    environment: dict
    # None where souk must do what curl does; else what souk does, and why.
    souk: str | None = None
    why: str = ""


CASES = [
    Case(A, {}), Case(B, {}), Case(NAME, {}),
    Case(A, {"https_proxy": f"http://{H}"}), Case(A, {"HTTPS_PROXY": f"http://{H}"}), Case(A, {"https_proxy": H}),
    Case(A, {"https_proxy": f"HTTP://{H}/"}), Case(A, {"https_proxy": f"http://me:p%40ss@{H}"}),
    Case(A, {"https_proxy": f"http://{H}", "HTTPS_PROXY": f"http://127.0.0.1:{closed_port}"}),
    Case(A, {"https_proxy": "", "HTTPS_PROXY": f"http://{H}"}), Case(A, {"https_proxy": "", "HTTPS_PROXY": ""}),
    Case(A, {"http_proxy": f"http://{H}"}), Case(B, {"http_proxy": f"http://{H}"}), Case(B, {"http_proxy": H}),
    Case(B, {"HTTP_PROXY": f"http://{H}"}), Case(B, {"HTTP_PROXY": "no://sense"}), Case(B, {"https_proxy": f"http://{H}"}),
    Case(A, {"ALL_PROXY": f"http://{H}"}), Case(A, {"all_proxy": f"http://{H}"}), Case(B, {"ALL_PROXY": f"http://{H}"}),
    Case(A, {"all_proxy": f"http://{H}", "https_proxy": f"http://127.0.0.1:{closed_port}"}),
    Case(A, {"https_proxy": f"http://127.0.0.1:{closed_port}"}), Case(B, {"http_proxy": f"http://127.0.0.1:{closed_port}"}),
    Case(A, {"ALL_PROXY": f"socks5://{S}"}), Case(A, {"ALL_PROXY": f"socks5h://{S}"}),
    Case(B, {"ALL_PROXY": f"socks5h://{S}"}), Case(NAME, {"ALL_PROXY": f"socks5h://{S}"}),
    Case(NAME, {"ALL_PROXY": f"socks5://{S}"}, SOCKS, "the proxy resolves the name, for socks5 too"),
    Case(NAME, {"https_proxy": f"http://{H}"}),
    # What souk cannot use it refuses, where curl uses it or fails on the way.
    Case(A, {"https_proxy": f"https://{H}"}, REFUSED, "no TLS to a proxy"),
    Case(A, {"ALL_PROXY": f"socks4://{S}"}, REFUSED, "no SOCKS 4"), Case(A, {"ALL_PROXY": f"socks://{S}"}, REFUSED, "SOCKS 4"),
    Case(A, {"ALL_PROXY": f"socks5://me:word@{S}"}, REFUSED, "no login to SOCKS"),
    Case(A, {"https_proxy": "127.0.0.1:99999"}, REFUSED, "named at the start"),
    Case(A, {"https_proxy": "ftp://127.0.0.1"}, REFUSED, "named at the start"),
    Case(A, {"https_proxy": f"http://{H} "}, REFUSED, "named at the start"),
    # Exceptions.
    *(Case(A, {"https_proxy": f"http://{H}", "NO_PROXY": value}) for value in (
        "*", "127.0.0.2", "127.0.0.3", "127.0.0.0/8", "127.0.0.2/32", "127.0.0.0/30", "128.0.0.0/8", "2", "0.2",
        "example.com,127.0.0.2", "example.com, 127.0.0.2", " 127.0.0.2", "127.0.0.2,example.com", "::1", "fd00::/8", "")),
    *(Case(NAME, {"https_proxy": f"http://{H}", "NO_PROXY": value}) for value in (
        "api.example.invalid", ".example.invalid", "example.invalid", "invalid", "xample.invalid", "EXAMPLE.Invalid",
        "example.invalid.", "www.api.example.invalid", ".api.example.invalid")),
    Case(A, {"https_proxy": f"http://{H}", "no_proxy": "example.com", "NO_PROXY": "*"}),
    Case(A, {"https_proxy": f"http://{H}", "no_proxy": "", "NO_PROXY": "*"}),
    Case(A.replace("127.0.0.2", "127.2"), {"https_proxy": f"http://{H}", "NO_PROXY": "127.0.0.0/8"}),
    Case(NAME.replace("api", "API") + ".", {"https_proxy": f"http://{H}", "NO_PROXY": "api.example.invalid"}),
    Case(A, {"https_proxy": f"http://{H}", "NO_PROXY": "example.com 127.0.0.2"}, DIRECT, "blanks separate, as they did in curl"),
    Case(A, {"https_proxy": f"http://{H}", "NO_PROXY": f"127.0.0.2:{target.port}"}, DIRECT, "a port is understood"),
    Case(A, {"https_proxy": f"http://{H}", "NO_PROXY": "127.0.0.2:1"}),
    Case(A, {"https_proxy": f"http://{H}", "NO_PROXY": "a,*"}, DIRECT, "* is all in a list too"),
    Case(NAME, {"https_proxy": f"http://{H}", "NO_PROXY": "*.example.invalid"}, NOWHERE, "*. is what . is"),
    Case(A, {"https_proxy": f"http://{H}", "NO_PROXY": "10.0.0.0/99"}, REFUSED, "named at the start"),
    Case(A, {"https_proxy": f"http://{H}", "NO_PROXY": "<local>"}, REFUSED, "named at the start"),
]
if target6:
    C = f"https://[::1]:{target6.port}"
    CASES += [Case(C, {"https_proxy": f"http://{H}", "NO_PROXY": value}) for value in ("::1", "fd00::/8", "127.0.0.1")]
    CASES += [Case(C, {"https_proxy": f"http://{H}", "NO_PROXY": "::/64"}, DIRECT, "curl 7.88 knows no such network")]
    CASES += [Case(C, {"https_proxy": f"http://{H}", "NO_PROXY": "[::1]"}, DIRECT, "brackets are understood")]
if usual:
    CASES += [Case(A, {"https_proxy": "http://127.0.0.1"}), Case(A, {"https_proxy": "127.0.0.1"})]


def arrived():
    listeners = [listener for listener in (target, target6, http, socks, usual) if listener]
    kinds = {listener.kind for listener in listeners if listener.seen}
    for listener in listeners:
        listener.seen.clear()
    return " and ".join(sorted(kinds)) or NOWHERE


def bare(environment):
    return {"PATH": os.environ["PATH"], "HOME": work, "LANG": "C.UTF-8", **environment}


def by_curl(case):
    subprocess.run(
        ["curl", "--silent", "--insecure", "--max-time", "10", "--output", "/dev/null", case.url + "/"],
        env=bare(case.environment), stdin=subprocess.DEVNULL, check=False)
    return arrived()


def by_souk(case):
    profile = {
        "SOUK_BASE_URL": case.url + "/x", "SOUK_MARKETPLACE": "us", "SOUK_USER": "demo.api", "SOUK_PASSWORD": "pass-word",
        "SOUK_SUBSCRIPTION_KEY": "0" * 32,
    }
    run = subprocess.run(
        [SOUK, "support-bundle", "-"], env=bare({**profile, **case.environment}), stdin=subprocess.DEVNULL,
        capture_output=True, timeout=30, check=False)
    where = arrived()
    said = run.stderr.decode("utf-8", "replace")
    if where == NOWHERE and any(f"souk: {name} " in said for name in case.environment):
        return REFUSED
    return where


work = tempfile.mkdtemp(prefix="souk-proxies-")
wrong = 0
for case in CASES:
    curl, souk = by_curl(case), by_souk(case)
    expected = case.souk or curl
    if souk != expected:
        wrong += 1
    note = f"  ({case.why})" if case.why else ""
    settings = " ".join(f"{name}={value!r}" for name, value in case.environment.items())
    print(f"{'right' if souk == expected else 'WRONG'}  {case.url} {settings}: curl {curl}, souk {souk}{note}")
same = sum(1 for case in CASES if case.souk is None)
print(f"{len(CASES)} settings: {same} as curl, {len(CASES) - same} other than curl on purpose, {wrong} wrong")
sys.exit(1 if wrong else 0)
