"""What schemathesis must not do, or the run would not come to its end."""

import os

import schemathesis

OWN = os.environ.get("OWN_TOKEN", "").split(".")[0]


@schemathesis.hook
def filter_case(context, case):
    """The token of the run itself is not revoked and not given another role."""
    return (case.path_parameters or {}).get("id") != OWN


@schemathesis.hook
def before_call(context, case, kwargs):
    """A stream that nobody ends does not end: ask it for what is there now."""
    if case.path.endswith("/stream") and case.method == "GET":
        asked = (case.query or {}).get("for_seconds")
        if asked is None or str(asked).isdigit():
            case.query = {**(case.query or {}), "for_seconds": 0}


@schemathesis.hook
def map_query(context, query):
    """A cursor is one that was given before, and a unit is one that is known here: others are refused, and rightly."""
    if not query:
        return query
    asked = {name: value for name, value in query.items() if name != "cursor"}
    if "within" in asked:
        asked["within"] = "SY02"
    return asked
