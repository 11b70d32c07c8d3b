"""Checks of schemathesis for refusals: a 400 names what is wrong, a 500 is one of the documented business rules.

At the end the operations that have succeeded at least once are written to the file `succeeded`, so that a run in which
everything was refused can be told from a good one.
"""

import atexit
import pathlib
import re

import schemathesis

# "products[0].quantity: must be …", and the few that are about more than one field.
EXPLAINED = re.compile(
    r"^([A-Za-z]\w*(\[(\d+|\"\")\])*(\..+)?: .+"
    r"|Invalid value for parameter \w+"
    r"|Product .+ is not unique\. Provide additional parameters: .+"
    r"|Unknown marketplace: .*"
    r"|Malformed request body: .+)$",
    re.DOTALL,
)
RULE = re.compile(
    r"^Cannot (place the order: account #|change the status of account #|renew Subscription #|cancel Subscription #"
    r"|cancel Order #|align |switch Subscription #|Upgrade/Downgrade Resources for Subscription #)"
)
WITH_RULES = {
    "createOrder", "estimateOrder", "updateOrder", "updateCustomer", "updateReseller", "updateSubscription",
}


@schemathesis.check
def refusals_explain_themselves(ctx, response, case):
    if response.status_code not in (400, 500):
        return
    message = response.json().get("message", "")
    if response.status_code == 400:
        assert EXPLAINED.match(message), f"A 400 that names no field: {message}"
        return
    operation = case.operation.definition.raw.get("operationId")
    assert operation in WITH_RULES, f"{operation} has no business rules, and answered 500: {message}"
    assert RULE.match(message), f"A 500 that is no documented refusal: {message}"


SUCCEEDED = set()
FILE = pathlib.Path.cwd() / "succeeded"
atexit.register(lambda: FILE.write_text("".join(f"{name}\n" for name in sorted(SUCCEEDED))))


@schemathesis.check
def successes_are_noted(ctx, response, case):
    if response.status_code == 200:
        SUCCEEDED.add(case.operation.definition.raw.get("operationId"))


@schemathesis.check
def answers_can_be_traced(ctx, response, case):
    ids = response.headers.get("x-correlation-id", [])
    assert ids and ids[0].startswith("a8n-"), "An answer without X-Correlation-ID"
    assert response.status_code < 400 or b"correlationId" in response.content or b"statusCode" in response.content, (
        "An error in neither of the two known forms"
    )
