"""Lines of JSON between the tests and an engine: what every script shares."""

import datetime
import decimal
import json
import math
import sys

EPOCH = datetime.datetime(1970, 1, 1)


class Micros(int):
    """A date as microseconds since 1970, for years that Python's dates do not have."""


def decode(value):
    """A tagged value as Python has it; a variant as JSON text."""
    kind, content = value["t"], value.get("v")
    if kind == "null":
        return None
    if kind == "date":
        return EPOCH + datetime.timedelta(microseconds=content)
    if kind == "variant":
        return json.dumps(content)
    if kind == "float":
        return float(content)
    return content


def encode(value):
    """A value of Python with its tag. What is not finite is null."""
    if value is None:
        return {"t": "null"}
    if isinstance(value, bool):
        return {"t": "logical", "v": value}
    if isinstance(value, Micros):
        return {"t": "date", "v": int(value)}
    if isinstance(value, int):
        if -(2**63) <= value < 2**63:
            return {"t": "integer", "v": value}
        return {"t": "float", "v": float(value)}
    if isinstance(value, decimal.Decimal):
        if not value.is_finite():
            return {"t": "null"}
        return encode(int(value) if value == value.to_integral_value() else float(value))
    if isinstance(value, float):
        return {"t": "float", "v": value} if math.isfinite(value) else {"t": "null"}
    if isinstance(value, datetime.datetime):
        if value.tzinfo is not None:
            raise TypeError("a timestamp with a zone: " + str(value))
        return {"t": "date", "v": (value - EPOCH) // datetime.timedelta(microseconds=1)}
    if isinstance(value, datetime.date):
        return encode(datetime.datetime(value.year, value.month, value.day))
    if isinstance(value, (list, dict)):
        return {"t": "text", "v": json.dumps(value, default=str)}
    if isinstance(value, str):
        return {"t": "text", "v": value}
    raise TypeError("no such value: " + type(value).__name__)


def say(reply):
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()


def serve(load, query, is_overflow=lambda error: False):
    """Answers requests until the input ends.

    `load(name, columns, rows)` makes a table anew: columns are pairs of name and type (integer, float, text, date,
    logical, variant), rows hold values of Python. `query(sql, params)` gives rows of values of Python; params are pairs
    of type and value.
    """
    say({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        if request.get("end"):
            break
        reply = {"id": request["id"]}
        try:
            if "load" in request:
                table = request["load"]
                columns = [(c["name"], c["type"]) for c in table["columns"]]
                load(table["name"], columns, [[decode(v) for v in row] for row in table["rows"]])
            else:
                params = [(p["t"], decode(p)) for p in request["params"]]
                reply["rows"] = [[encode(v) for v in row] for row in query(request["sql"], params)]
        except Exception as error:
            reply["error"] = str(error)
            reply["kind"] = "overflow" if is_overflow(error) else "error"
        say(reply)
