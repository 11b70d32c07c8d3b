"""Holds the client against the description: serves every example of it, and looks at every request with openapi-core.

Usage: examples.py DESCRIPTION
Listens on a free port of 127.0.0.1 and prints its address as soon as it does. Needs openapi-core and PyYAML (PyPI).

    GET /plan        the cases: which operation answers what, as the description shows it
    /case/N/...      the marketplace in which the operation of case N answers so, and all others with their examples
    GET /report      what was found in the requests, and what of the description no request has touched

Besides the examples themselves the plan has variants of them, one difference each: every other word that the schema
allows in a place, null where the schema allows it, and a member left out where the schema does not require it.
"""

import copy
import dataclasses
import datetime
import http.server
import json
import re
import sys
import threading
import urllib.parse

import yaml
from jsonschema_path import SchemaPath
from openapi_core import V30RequestValidator, V30ResponseValidator
from openapi_core.datatypes import RequestParameters
from openapi_spec_validator import OpenAPIV30SpecValidator
from werkzeug.datastructures import Headers, ImmutableMultiDict

BASE = "/marketplace/na"
HOST = "http://127.0.0.1:8787"
CORRELATION_ID = "a8n-00000000-1111-2222-3333-444444444444"
# What a request has no way to say in this client, and why that is no loss.
NOT_ASKED = {
    ("getCustomers", "resellerId"): "GET /resellers/{id}/customers asks the same",
    ("getResellerCustomers", "name"): "GET /customers finds a customer of any reseller",
    ("getResellerCustomers", "email"): "GET /customers finds a customer of any reseller",
    ("getResellerCustomers", "externalId"): "GET /customers finds a customer of any reseller",
}
# Members without which a row or a part of one says nothing; no variants leave them out, although the schema lets them.
NEEDED = {
    "data": "a list without it is no list",
    "id": "a row without it cannot be told from others, and is reported as one that cannot be read",
    "planId": "a switch to nowhere is none",
    "subscriptionPeriods.type": "a period without it is none",
    "subscriptionPeriods.duration": "a period without it is none",
}


@dataclasses.dataclass
class Operation:
    name: str
    method: str
    template: str
    pattern: re.Pattern
    node: dict


@dataclasses.dataclass
class Request:
    """One request in the form that openapi-core reads."""

    method: str
    path: str
    parameters: RequestParameters
    body: bytes | None
    content_type: str
    host_url: str = HOST


@dataclasses.dataclass
class Response:
    status_code: int
    headers: Headers
    content_type: str
    data: bytes


class Description:
    def __init__(self, file):
        with open(file, encoding="utf-8") as stream:
            # Days and moments stay texts, as they are on the wire.
            self.root = yaml.load(stream, Loader=TextLoader)
        OpenAPIV30SpecValidator(self.root).validate()
        # A request may have no member that is not described. Looked for in each part of an allOf, that would refuse the
        # members of the other parts, so the parts are put together for it.
        self.requests = V30RequestValidator(
            SchemaPath.from_dict(self.merged(self.root)), forbid_unspecified_additional_properties=True)
        self.responses = V30ResponseValidator(SchemaPath.from_dict(self.root))
        self.operations = []
        for template, item in self.root["paths"].items():
            for method, node in item.items():
                if method not in ("get", "post", "patch"):
                    continue
                node = dict(node, parameters=node.get("parameters", []) + item.get("parameters", []))
                pattern = re.compile(re.sub(r"\{\w+\}", r"[^/]+", template) + "/?")
                self.operations.append(Operation(node["operationId"], method.upper(), template, pattern, node))
        # A path without parameters goes before one with.
        self.operations.sort(key=lambda operation: operation.template.count("{"))

    def operation(self, method, path):
        return next((o for o in self.operations if o.method == method and o.pattern.fullmatch(path)), None)

    def resolved(self, node):
        while isinstance(node, dict) and "$ref" in node:
            target = self.root
            for part in node["$ref"][2:].split("/"):
                target = target[part]
            node = target
        return node

    def schema(self, node):
        """A schema with its parts of allOf put together, one level deep."""
        node = self.resolved(node)
        whole = {key: value for key, value in node.items() if key != "allOf"}
        for part in node.get("allOf", []):
            part = self.schema(part)
            properties = {**part.get("properties", {}), **whole.get("properties", {})}
            required = part.get("required", []) + whole.get("required", [])
            whole = {**part, **whole, "properties": properties, "required": required}
        return whole

    def merged(self, node):
        if isinstance(node, dict):
            return {name: self.merged(part) for name, part in (self.schema(node) if "allOf" in node else node).items()}
        return [self.merged(part) for part in node] if isinstance(node, list) else node

    def examples(self, content):
        """(media type, name, value, schema) of a body's examples."""
        for media_type, node in content.items():
            if "example" in node:
                yield media_type, "example", node["example"], node.get("schema", {})
            for name, example in node.get("examples", {}).items():
                yield media_type, name, self.resolved(example)["value"], node.get("schema", {})

    def variants(self, schema, value, place=""):
        """(what differs, a changed copy) for each single change of `value` that the schema allows."""
        schema = self.schema(schema)
        if isinstance(value, dict):
            properties = schema.get("properties", {})
            for name, member in value.items():
                if name not in properties:
                    continue
                at = f"{place}.{name}" if place else name
                part = self.schema(properties[name])
                changed = {key: entry for key, entry in value.items() if key != name}
                group = re.sub(r"\[\d+\]", "", at).split(".")
                needed = name in NEEDED or ".".join(group[-2:]) in NEEDED
                if name not in schema.get("required", []) and not needed:
                    yield f"no {at}", changed
                if part.get("nullable") and member is not None:
                    yield f"{at}: null", {**changed, name: None}
                for words, other in self.variants(part, member, at):
                    yield words, {**changed, name: other}
        elif isinstance(value, list):
            for index, element in enumerate(value):
                for words, other in self.variants(schema.get("items", {}), element, f"{place}[{index}]"):
                    yield words, value[:index] + [other] + value[index + 1 :]
        elif isinstance(value, str):
            for word in schema.get("enum", []):
                if word != value:
                    yield f"{place}: {word}", word


class TextLoader(yaml.SafeLoader):
    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def covers(sent, shown):
    """Whether a request says all that an example says; it may say more."""
    if isinstance(shown, dict):
        return isinstance(sent, dict) and all(name in sent and covers(sent[name], shown[name]) for name in shown if shown[name] != {})
    if isinstance(shown, list):
        return isinstance(sent, list) and len(sent) == len(shown) and all(map(covers, sent, shown))
    return sent == shown and isinstance(sent, bool) == isinstance(shown, bool)


class Check:
    def __init__(self, description):
        self.description = description
        self.lock = threading.Lock()
        self.findings = {}  # in the order they came, once each
        self.seen = set()
        self.requests = 0
        self.touched = {operation.name: 0 for operation in description.operations}
        self.asked = set()
        self.unsent = {}
        self.cases = []
        self.defaults = {}
        for operation in description.operations:
            self.add_examples(operation)
        self.token = self.defaults["generateAuthToken"]["body"]["token"]

    def finding(self, text):
        self.findings.setdefault(text, len(self.findings))

    def add_examples(self, operation):
        description = self.description
        body = description.resolved(operation.node.get("requestBody", {}))
        for _, name, value, _ in description.examples(body.get("content", {})):
            self.unsent[(operation.name, name)] = value
            self.validate(operation, self.example_request(operation, value), f"the request example {name}")
        for status, response in sorted(operation.node["responses"].items()):
            response = description.resolved(response)
            for media_type, name, value, schema in description.examples(response.get("content", {})):
                self.add_case(operation, int(status), media_type, name, value)
                if status == "200":
                    self.defaults[operation.name] = self.cases[-1]
                    if operation.name != "generateAuthToken":
                        for words, changed in description.variants(schema, value):
                            self.add_case(operation, 200, media_type, f"{name}, {words}", changed)

    def add_case(self, operation, status, media_type, name, value):
        headers = {"X-Correlation-ID": CORRELATION_ID}
        if status == 429:
            headers["Retry-After"] = "13"
        case = {
            "id": len(self.cases), "operation": operation.name, "method": operation.method, "path": operation.template,
            "status": status, "name": name, "mediaType": media_type, "body": value, "headers": headers,
        }
        data = (value if media_type != "application/json" else json.dumps(value)).encode()
        answer = Response(status, Headers(headers), media_type, data)
        request = self.example_request(operation, None)
        for error in self.description.responses.iter_errors(request, answer):
            self.finding(f"{title(operation)}: the answer {status} {name} is not as described: {reason(error)}")
        self.cases.append(case)

    def example_request(self, operation, body):
        description = self.description
        values = {"path": {}, "query": [], "header": Headers({"X-Subscription-Key": "0" * 32})}
        values["header"]["Authorization"] = "Basic dTpw" if operation.name == "generateAuthToken" else "Bearer t"
        for parameter in map(description.resolved, operation.node["parameters"]):
            example = parameter.get("example", parameter.get("schema", {}).get("example"))
            if parameter["in"] == "path":
                values["path"][parameter["name"]] = str(example)
        path = operation.template.format_map(values["path"])
        return Request(
            operation.method.lower(), BASE + path,
            RequestParameters(query=ImmutableMultiDict(values["query"]), header=values["header"]),
            None if body is None else json.dumps(body).encode(), "application/json")

    def validate(self, operation, request, what):
        for error in self.description.requests.iter_errors(request):
            self.finding(f"{title(operation)}: {what} is not as described: {reason(error)}")

    # MARK: While the client asks

    def answer(self, case, method, target, headers, body):
        """(status, headers, media type, body) for one request, which is looked at."""
        path, _, text = target.partition("?")
        query = urllib.parse.parse_qsl(text, keep_blank_values=True)
        operation = self.description.operation(method, path)
        if operation is None:
            self.finding(f"{method} {path}: there is no such operation")
            return 404, {}, "application/json", b"{}"
        with self.lock:
            self.requests += 1
            self.touched[operation.name] += 1
            self.look(operation, path, query, headers, body)
        chosen = case if case["operation"] == operation.name else self.defaults[operation.name]
        value = chosen["body"]
        asked = dict(query)
        if chosen["status"] == 200 and isinstance(value, dict) and "data" in value and asked.get("offset", "0") != "0":
            # The examples show the first page of lists that go on; the next one is empty.
            value = dict(value, data=[])
        data = value if chosen["mediaType"] != "application/json" else json.dumps(value)
        return chosen["status"], chosen["headers"], chosen["mediaType"], data.encode()

    def look(self, operation, path, query, headers, body):
        known = (operation.name, path, tuple(query), headers.get("Authorization", ""), body)
        if known in self.seen:
            return
        self.seen.add(known)
        content_type = headers.get("Content-Type", "")
        request = Request(
            operation.method.lower(), BASE + path,
            RequestParameters(query=ImmutableMultiDict(query), header=Headers(list(headers.items()))), body or None,
            content_type.lower())
        sent = "?".join([path, urllib.parse.urlencode(query)]) if query else path
        self.validate(operation, request, f"{sent} {body.decode(errors='replace')}".strip())
        described = {p["name"] for p in map(self.description.resolved, operation.node["parameters"]) if p["in"] == "query"}
        for name, _ in query:
            self.asked.add((operation.name, name))
            if name not in described:
                self.finding(f"{title(operation)}: there is no query parameter {name}")
        if len({name for name, _ in query}) != len(query):
            self.finding(f"{title(operation)}: a query parameter comes twice in {sent}")
        if operation.name != "generateAuthToken" and headers.get("Authorization") != f"Bearer {self.token}":
            self.finding(f"{title(operation)}: the token that was given is not the token that comes back")
        if body:
            try:
                value = json.loads(body)
            except ValueError:
                return  # told by the validator
            for key, shown in list(self.unsent.items()):
                if key[0] == operation.name and covers(value, shown):
                    del self.unsent[key]

    def report(self):
        unasked = []
        for operation in self.description.operations:
            for parameter in map(self.description.resolved, operation.node["parameters"]):
                key = (operation.name, parameter["name"])
                if parameter["in"] == "query" and key not in self.asked and key not in NOT_ASKED:
                    unasked.append(f"{title(operation)} was never asked with {parameter['name']}")
        untouched = [f"{name} was never called" for name, count in self.touched.items() if count == 0]
        unsent = [f"{name}: no request says what the request example {example} says" for name, example in self.unsent]
        return {
            "findings": list(self.findings) + untouched + unasked + unsent,
            "operations": sum(count > 0 for count in self.touched.values()), "requests": self.requests,
            "differentRequests": len(self.seen),
        }


def title(operation):
    return f"{operation.method} {operation.template}"


def reason(error):
    """What an error comes down to: what the schema does not allow, or else the words of all that stand behind it."""
    words = str(error)
    while error is not None:
        schema_errors = list(getattr(error, "schema_errors", None) or [])
        if schema_errors:
            return "; ".join(f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in schema_errors)
        error = error.__cause__
        words += f": {error}" if error is not None and str(error) not in words else ""
    return words


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    check = None
    disable_nagle_algorithm = True

    def serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        match = re.fullmatch(rf"/case/(\d+){BASE}(/.*)", self.path)
        if match:
            case = self.check.cases[int(match[1])]
            self.reply(*self.check.answer(case, self.command, match[2], self.headers, body))
        elif self.path == "/plan":
            self.reply(200, {}, "application/json", json.dumps(self.check.cases).encode())
        elif self.path == "/report":
            self.reply(200, {}, "application/json", json.dumps(self.check.report()).encode())
        else:
            self.check.finding(f"{self.command} {self.path}: below no base URL")
            self.reply(404, {}, "application/json", b"{}")

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = serve

    def reply(self, status, headers, media_type, body):
        lines = {**headers, "Content-Type": media_type, "Content-Length": str(len(body))}
        self.send_response(status)
        for name, value in lines.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


if __name__ == "__main__":
    Handler.check = Check(Description(sys.argv[1]))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()
