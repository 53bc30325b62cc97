"""GoogleSQL, as BigQuery documents it, in the words of DuckDB.

A statement is parsed by sqlglot's BigQuery grammar. What comes out is read here node by node with BigQuery's own types: a
function that is not in `bigquery.functions`, an argument that BigQuery does not coerce, or a construct that nobody wrote
down here is refused. Nothing is left to a translation that guesses.
"""

import collections
import re

from sqlglot import exp, tokenize
from sqlglot.dialects.bigquery import BigQuery
from sqlglot.errors import ErrorLevel


class Refused(Exception):
    """BigQuery would not take it, or nobody knows here whether it would."""


class Grammar(BigQuery):
    """BigQuery's grammar with calls as they are written."""

    class Parser(BigQuery.Parser):
        FUNCTIONS = {}
        FUNCTION_PARSERS = {
            name: parser
            for name, parser in BigQuery.Parser.FUNCTION_PARSERS.items()
            if name in ("CAST", "SAFE_CAST", "EXTRACT", "ARRAY")
        }

    class Generator(BigQuery.Generator):
        # Printed as it was read, not as another engine would want it.
        TRANSFORMS = {
            kind: transform
            for kind, transform in BigQuery.Generator.TRANSFORMS.items()
            if kind is not exp.Select
        }


PHYSICAL = {
    "INT64": "BIGINT",
    "FLOAT64": "DOUBLE",
    "BIGNUMERIC": "VARCHAR",
    "STRING": "VARCHAR",
    "BYTES": "BLOB",
    "BOOL": "BOOLEAN",
    "DATETIME": "TIMESTAMP",
    "DATE": "DATE",
    "TIMESTAMP": "TIMESTAMP",
    "JSON": "JSON",
    "GEOGRAPHY": "VARCHAR",
}
NAMES = {
    "BIGINT": "INT64",
    "DOUBLE": "FLOAT64",
    "TEXT": "STRING",
    "VARCHAR": "STRING",
    "BOOLEAN": "BOOL",
    "TIMESTAMP": "DATETIME",
    "DATETIME": "DATETIME",
    "TIMESTAMPTZ": "TIMESTAMP",
    "BIGDECIMAL": "BIGNUMERIC",
    "JSON": "JSON",
    "DATE": "DATE",
    "VARBINARY": "BYTES",
}
UNITS = "MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR".split()
PARTS = UNITS + "DAYOFWEEK DAYOFYEAR ISOWEEK ISOYEAR DATE".split()
NUMERIC = ["INT64", "BIGNUMERIC", "FLOAT64"]


def coerces(found, wanted):
    """Whether a value of one type stands where another is asked for, without a cast."""
    if found == wanted or found == "NULL":
        return True
    if found in NUMERIC and wanted in NUMERIC:
        return NUMERIC.index(found) <= NUMERIC.index(wanted)
    if found == "ARRAY<NULL>":
        return wanted.startswith("ARRAY<")
    return found == "DATE" and wanted == "DATETIME"


def common(types, what):
    """The supertype of branches."""
    known = [ty for ty in dict.fromkeys(types) if ty != "NULL"]
    for wanted in known + ["NULL"]:
        if all(coerces(ty, wanted) for ty in known):
            return wanted
    raise Refused(f"no common type of {', '.join(known)} in {what}")


class Function:
    """A line of `bigquery.functions`."""

    LINE = re.compile(r"(\w[\w.]*)\((.*?)\) (\S+)( AGGREGATE| WINDOW)? = (.*)$")

    def __init__(self, line):
        found = self.LINE.match(line)
        if not found:
            raise ValueError("not a function: " + line)
        self.name, listed, self.gives, kind, self.template = found.groups()
        self.kind = (kind or "").strip()
        self.takes = [word for word in re.split(r", ?", listed) if word]
        self.open = bool(self.takes) and self.takes[-1].endswith("...")
        if self.open:
            self.takes[-1] = self.takes[-1].removesuffix("...")

    def result(self, types):
        """The type of a call with arguments of these types, and what T stands for; `None` when it takes others."""
        takes = list(self.takes)
        if self.open:
            takes += takes[-1:] * (len(types) - len(takes))
        if len(takes) != len(types):
            return None
        bound = {}
        for found, wanted in zip(types, takes):
            variable = re.fullmatch(r"(ARRAY<)?T>?", wanted)
            if not variable:
                if not coerces(found, wanted):
                    return None
                continue
            if wanted == "ARRAY<T>":
                if found != "NULL" and not found.startswith("ARRAY<"):
                    return None
                found = found[6:-1] if found != "NULL" else found
            bound.setdefault("T", []).append(found)
        if "T" not in bound:
            return self.gives, None
        try:
            shared = common(bound["T"], self.name)
        except Refused:
            return None
        gives = {"T": shared, "ARRAY<T>": f"ARRAY<{shared}>"}.get(self.gives, self.gives)
        return gives, shared


def library(path):
    """The functions of a file by name, overloads in order."""
    functions = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.strip()
            if line and not line.startswith("#"):
                function = Function(line)
                functions.setdefault(function.name, []).append(function)
    return functions


def spelling(sql):
    """The tokens of a statement, with the words that mean the same in one spelling."""
    same = {"<>": "!=", "DATETIME": "DATETIME", "TIMESTAMP": "DATETIME"}
    words = collections.Counter()
    for token in tokenize(sql, read="bigquery"):
        text = token.text.upper()
        if text not in ("NULLS", "FIRST", "LAST", "AS", "ASC", "OUTER", "INNER", "(", ")"):
            words[same.get(text, text)] += 1
    return words


def parse(sql):
    """The tree of the one statement of a text, if BigQuery's grammar gives it back as it was written."""
    trees = Grammar().parse(sql, error_level=ErrorLevel.RAISE)
    if len(trees) != 1 or trees[0] is None:
        raise Refused("not one statement")
    tree = trees[0]
    if not isinstance(tree, exp.Query) or tree.find(exp.Command):
        raise Refused("not a query")
    printed = Grammar().generate(tree, unsupported_level=ErrorLevel.RAISE)
    written, again = spelling(sql), spelling(printed)
    if written != again:
        raise Refused(f"the grammar reads {dict(written - again)} as {dict(again - written)}")
    return tree
