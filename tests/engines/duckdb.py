"""DuckDB in process."""

import datetime
import re
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

BEFORE = re.compile(r"(\d{4})-(\d\d-\d\d) \(BC\) (.*)")
MICROSECOND = datetime.timedelta(microseconds=1)

connection = duckdb.connect()
connection.execute("SET TimeZone = 'UTC'")


def load(name, columns, rows):
    listed = ", ".join(f'"{column}" {TYPES[kind]}' for column, kind in columns)
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" ({listed})')
    holes = ", ".join("?" for _ in columns)
    if rows:
        connection.executemany(f'INSERT INTO "{name}" VALUES ({holes})', rows)


def read(value):
    """Years that Python's dates do not have come as text: `0001-03-04 (BC) 05:06:07` is in the year 0."""
    found = BEFORE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return value
    # The calendar repeats every 400 years.
    later = datetime.datetime.fromisoformat(f"{401 - int(found[1]):04}-{found[2]} {found[3]}")
    return lines.Micros((later - lines.EPOCH) // MICROSECOND - 146_097 * 86_400_000_000)


def query(sql, params):
    rows = connection.execute(sql, [value for _, value in params]).fetchall()
    return [[read(value) for value in row] for row in rows]


def is_overflow(error):
    return isinstance(error, (duckdb.OutOfRangeException, duckdb.ConversionException)) and (
        "out of range" in str(error).lower() or "overflow" in str(error).lower()
    )


lines.serve(load, query, is_overflow)
