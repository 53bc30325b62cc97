"""BigQuery, as its documentation says: there is no BigQuery off the cloud.

Statements are read by sqlglot's grammar and checked against BigQuery's types and functions (`googlesql.py`,
`bigquery.functions`), then run on DuckDB.
"""

import pathlib
import sys

folder = sys.path.pop(0)
import duckdb

sys.path.append(folder)
import googlesql
import googlesql_runtime
import lines
from googlesql_to_duckdb import Translator

TYPES = {
    "integer": "INT64",
    "float": "FLOAT64",
    "text": "STRING",
    "date": "DATETIME",
    "instant": "TIMESTAMP",
    "logical": "BOOL",
    "variant": "JSON",
    "null": "STRING",
}
# A JSON parameter is a text: PARSE_JSON reads it.
PARAMETERS = dict(TYPES, variant="STRING")

connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
connection.execute("SET TimeZone = 'UTC'")
googlesql_runtime.register(connection)
translator = Translator(googlesql.library(pathlib.Path(folder) / "bigquery.functions"), {})


def load(name, columns, rows):
    translator.tables[name] = [(column, TYPES[kind]) for column, kind in columns]
    listed = ", ".join(f'"{column}" {googlesql.PHYSICAL[TYPES[kind]]}' for column, kind in columns)
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" ({listed})')
    holes = ", ".join("?" for _ in columns)
    # A column of JSON holds values, not the text they were written as.
    kinds = [kind for _, kind in columns]
    rows = [[normal(value, kind) for value, kind in zip(row, kinds)] for row in rows]
    if rows:
        connection.executemany(f'INSERT INTO "{name}" VALUES ({holes})', rows)


def normal(value, kind):
    return googlesql_runtime.parse_json(value) if kind == "variant" and value is not None else value


def query(sql, params):
    text = translator.statement(sql, [PARAMETERS[kind] for kind, _ in params])
    try:
        return connection.execute(text, [value for _, value in params]).fetchall()
    except duckdb.Error as error:
        raise type(error)(f"{error}\n  as {text}") from error


def is_overflow(error):
    words = str(error).split("\n  as ")[0].lower()
    return isinstance(error, duckdb.Error) and ("out of range" in words or "overflow" in words)


if __name__ == "__main__":
    lines.serve(load, query, is_overflow)
