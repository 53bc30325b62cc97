"""Snowflake: its emulator fakesnow, in process, behind a strict check of every statement by sqlglot.

The emulator translates to DuckDB. Functions that Snowflake documents and the emulator lacks are added to it as macros;
what it answers otherwise than the documentation is listed in `snowflake.exceptions`.
"""

import collections
import logging
import re
import sys
import warnings

# The script is named as the package: its folder must not come first.
folder = sys.path.pop(0)
import fakesnow
import snowflake.connector
import sqlglot
from fakesnow import transforms
from sqlglot import exp

sys.path.append(folder)
import lines

warnings.simplefilter("ignore")
logging.getLogger("sqlglot").setLevel(logging.ERROR)
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
    "TRY_TO_GEOGRAPHY",
    "ST_AREA",
    "ST_ASGEOJSON",
    "ST_ASWKT",
    "ST_CENTROID",
    "ST_DISTANCE",
    "ST_INTERSECTS",
    "ST_PERIMETER",
    "ST_WITHIN",
    "LEAST_IGNORE_NULLS",
    "STRIP_NULL_VALUE",
}

# What the emulator lacks.
MACROS = [
    "as_array(v) AS CASE WHEN json_type(v) = 'ARRAY' THEN v -> '$[*]' END",
    "as_varchar(v) AS CASE WHEN json_type(v) = 'VARCHAR' THEN v ->> '$' END",
    "present(list) AS list_filter(list, lambda x: x IS NOT NULL)",
]

# Spellings that sqlglot prints for others of the same meaning.
SPELLINGS = {
    "ARRAY_CONSTRUCT": "[",
    "TIMESTAMP_NTZ": "TIMESTAMPNTZ",
    "NUMBER": "DECIMAL",
    "STDDEV_SAMP": "STDDEV",
    "VAR_SAMP": "VARIANCE",
    "VAR_POP": "VARIANCE_POP",
    "!=": "<>",
}
# Tokens that it adds or drops where they say what holds anyway.
FREE = {"NULLS", "FIRST", "LAST", "(", ")", "[", "]", ",", "ASC"}


# The frame that the functions of a place in the order have without one.
WHOLE = " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"


def tokens(sql):
    sql = sql.replace(WHOLE, "")
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


def mended(name, change):
    """Puts `change(before, node)` in the place of a pass of the emulator. The passes do not look into what they put in
    a place, so that is done here."""
    before = getattr(transforms, name)

    def inward(parent, kept):
        for child in list(parent.iter_expressions()):
            found = child if child is kept else change(before, child)
            if found is not child:
                child.replace(found)
            inward(found, kept if found is child else child)

    def after(node):
        found = change(before, node)
        if found is not node:
            inward(found, node)
        return found

    setattr(transforms, name, after)


def trim(before, node):
    """TRIM keeps its characters and its side."""
    if isinstance(node, exp.Trim) and not isinstance(node.this, exp.Cast):
        node.set("this", exp.cast(node.this, "VARCHAR"))
    return node


def array_agg(before, node):
    """ARRAY_AGG leaves nulls out."""
    found = before(node)
    if found is not node:
        inner = exp.Anonymous(this="present", expressions=found.expressions)
        found = exp.Anonymous(this=found.this, expressions=[inner])
    return found


def regex_substr(before, node):
    """With `e` it is the whole match of a pattern without groups. The emulator's index is moved each time it is
    printed."""
    if not isinstance(node, exp.RegexpExtract):
        return node
    parameters = node.args.get("parameters")
    if parameters and re.compile(node.expression.name).groups == 0:
        node.set("parameters", exp.Literal.string(parameters.name.replace("e", "")))
    found = before(node)
    place = exp.Literal.number(int(found.expressions[0].name) + 1)
    return exp.Anonymous(this="list_extract", expressions=[found.this, place])


def keys(before, node):
    """A key within a lambda: its arrow would be read as another lambda."""
    if isinstance(node, exp.GetExtract) and node.expression.is_string:
        path = exp.Literal.string('$."' + node.expression.name + '"')
        return exp.Anonymous(this="json_extract", expressions=[node.this, path])
    return before(node)


for name, change in [
    ("indices_to_json_extract", keys),
    ("trim_cast_varchar", trim),
    ("array_agg", array_agg),
    ("regex_substr", regex_substr),
]:
    mended(name, change)
for name in ["to_variant", "array_size", "split"]:
    mended(name, lambda before, node: before(node))

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
    if rows:
        holes = ", ".join("?" for _ in columns)
        duck.executemany(f'INSERT INTO "{name}" VALUES ({holes})', rows)


def query(sql, params):
    check(sql)
    cursor.execute(filled(sql, params))
    return cursor.fetchall()


def filled(sql, params):
    """The statement with its values written: the emulator repeats places of values without repeating the values."""
    values = iter(params)
    pieces = re.split(r"""('(?:[^'\\]|\\.|'')*'|"[^"]*")""", sql)
    return "".join(
        piece if index % 2 else re.sub(r"\?", lambda _: literal(*next(values)), piece)
        for index, piece in enumerate(pieces)
    )


def literal(kind, value):
    if kind == "integer":
        return str(value)
    text = value.isoformat(sep=" ") if kind == "date" else str(value)
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def is_overflow(error):
    words = str(error).lower()
    return "out of range" in words or "overflow" in words


lines.serve(load, query, is_overflow)
