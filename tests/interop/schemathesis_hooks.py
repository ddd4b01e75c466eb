"""What schemathesis must not do, or the run would not come to its end."""

import os

import schemathesis

OWN = os.environ.get("OWN_TOKEN", "").split(".")[0]


@schemathesis.hook
def filter_case(context, case):
    """The token of the run itself is not revoked and not given another role; what is empty on purpose is left out."""
    return (case.path_parameters or {}).get("id") != OWN and not is_empty_on_purpose(case)


def is_empty_on_purpose(case):
    """An empty parameter asks for nothing and is right everywhere, which descriptions of single parameters do not say."""
    wrong = case.meta is not None and case.meta.generation.mode == schemathesis.GenerationMode.NEGATIVE
    return wrong and any(is_nothing(value) for value in (case.query or {}).values())


def is_nothing(value):
    """Is it sent as an empty text?"""
    if isinstance(value, dict):
        # Only its keys are sent.
        value = list(value)
    if isinstance(value, list):
        return all(is_nothing(one) for one in value)
    return value is None or str(value) == ""


@schemathesis.hook
def before_call(context, case, kwargs):
    """A stream that nobody ends does not end: ask it for what is there now."""
    if case.path.endswith("/stream") and case.method == "GET":
        asked = (case.query or {}).get("for_seconds")
        if asked is None or str(asked).isdigit():
            case.query = {**(case.query or {}), "for_seconds": 0}


@schemathesis.hook
def map_query(context, query):
    """A cursor is one that was given before, a unit is one that is known here, and south is below north: others are
    refused, and rightly."""
    if not query:
        return query
    asked = {name: value for name, value in query.items() if name != "cursor"}
    if "within" in asked:
        # It was drawn later than any past that is asked for.
        asked["within"] = "SY02"
        asked.pop("known_at", None)
    # What is no text is wrong on purpose and stays so.
    if isinstance(asked.get("bbox"), str):
        asked["bbox"] = upright(asked["bbox"])
    return asked


def upright(bbox):
    """No schema can say that south is not above north."""
    corners = bbox.split(",")
    try:
        if len(corners) == 4 and float(corners[1]) > float(corners[3]):
            corners[1], corners[3] = corners[3], corners[1]
    except ValueError:
        pass
    return ",".join(corners)
