"""Snowflake: its emulator fakesnow, in process, behind a strict check of every statement by sqlglot.

The emulator translates to DuckDB. Functions that Snowflake documents and the emulator lacks are added to it as macros;
what it answers otherwise than the documentation is listed in `snowflake.exceptions`.
"""

import collections
import sys
import warnings

# The script is named as the package: its folder must not come first.
folder = sys.path.pop(0)
import fakesnow
import snowflake.connector
import sqlglot
from sqlglot import exp

sys.path.append(folder)
import lines

warnings.simplefilter("ignore")
snowflake.connector.paramstyle = "qmark"

TYPES = {
    "integer": "BIGINT",
    "float": "DOUBLE",
    "text": "VARCHAR",
    "date": "TIMESTAMP_NTZ",
    "logical": "BOOLEAN",
    "variant": "VARIANT",
    "instant": "TIMESTAMP_TZ",
}

# Documented functions that sqlglot does not know by name.
DOCUMENTED = {
    "AS_ARRAY",
    "AS_VARCHAR",
    "GREATEST_IGNORE_NULLS",
    "LEAST_IGNORE_NULLS",
    "STRIP_NULL_VALUE",
}

# What the emulator lacks.
MACROS = [
    "as_array(v) AS CASE WHEN json_type(v) = 'ARRAY' THEN CAST(v AS JSON[]) END",
    "as_varchar(v) AS CASE WHEN json_type(v) = 'VARCHAR' THEN v ->> '$' END",
]

# Spellings that sqlglot prints for others of the same meaning.
SPELLINGS = {
    "ARRAY_CONSTRUCT": "[",
    "TIMESTAMP_NTZ": "TIMESTAMPNTZ",
    "NUMBER": "DECIMAL",
    "!=": "<>",
}
# Tokens that it adds or drops where they say what holds anyway.
FREE = {"NULLS", "FIRST", "LAST", "(", ")", "[", "]", ",", "ASC"}


def tokens(sql):
    words = (token.text.upper() for token in sqlglot.tokenize(sql, read="snowflake"))
    spelt = (SPELLINGS.get(word, word) for word in words)
    return collections.Counter(word for word in spelt if word not in FREE)


def check(sql):
    """Raises unless the statement is one that sqlglot reads as Snowflake's, knows every function of, and writes again
    with the same words."""
    trees = sqlglot.parse(sql, read="snowflake", error_level=sqlglot.ErrorLevel.RAISE)
    if len(trees) != 1 or isinstance(trees[0], exp.Command):
        raise ValueError("not one statement of the dialect")
    names = {node.name.upper() for node in trees[0].find_all(exp.Anonymous)}
    if names - DOCUMENTED:
        raise ValueError("no such function: " + ", ".join(sorted(names - DOCUMENTED)))
    if next(trees[0].find_all(exp.Filter), None):
        raise ValueError("FILTER is not of the dialect")
    before, after = tokens(sql), tokens(trees[0].sql(dialect="snowflake"))
    if before != after:
        raise ValueError(f"foreign words: {dict(before - after)} become {dict(after - before)}")


patch = fakesnow.patch()
patch.__enter__()
connection = snowflake.connector.connect(database="DB", schema="S")
cursor = connection.cursor()
duck = cursor._duck_conn
for macro in MACROS:
    duck.execute("CREATE OR REPLACE MACRO " + macro)


def load(name, columns, rows):
    listed = ", ".join(f'"{column}" {TYPES[kind]}' for column, kind in columns)
    cursor.execute(f'CREATE OR REPLACE TABLE "{name}" ({listed})')
    holes = ", ".join("?" for _ in columns)
    duck.executemany(f'INSERT INTO "{name}" VALUES ({holes})', rows)


def query(sql, params):
    check(sql)
    values = [text(kind, value) for kind, value in params]
    cursor.execute(sql, values)
    return cursor.fetchall()


def text(kind, value):
    """Dates are bound as text, which the statement casts."""
    return value.isoformat(sep=" ") if kind == "date" else value


def is_overflow(error):
    words = str(error).lower()
    return "out of range" in words or "overflow" in words


lines.serve(load, query, is_overflow)
