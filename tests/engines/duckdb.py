"""DuckDB in process."""

import sys

# The script is named as the package: its folder must not come first.
folder = sys.path.pop(0)
import duckdb

sys.path.append(folder)
import lines

TYPES = {
    "integer": "BIGINT",
    "float": "DOUBLE",
    "text": "VARCHAR",
    "date": "TIMESTAMP",
    "logical": "BOOLEAN",
    "variant": "JSON",
    "instant": "TIMESTAMPTZ",
}

connection = duckdb.connect()
connection.execute("SET TimeZone = 'UTC'")


def load(name, columns, rows):
    listed = ", ".join(f'"{column}" {TYPES[kind]}' for column, kind in columns)
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" ({listed})')
    holes = ", ".join("?" for _ in columns)
    if rows:
        connection.executemany(f'INSERT INTO "{name}" VALUES ({holes})', rows)


def query(sql, params):
    return connection.execute(sql, [value for _, value in params]).fetchall()


def is_overflow(error):
    return isinstance(error, (duckdb.OutOfRangeException, duckdb.ConversionException)) and (
        "out of range" in str(error).lower() or "overflow" in str(error).lower()
    )


lines.serve(load, query, is_overflow)
