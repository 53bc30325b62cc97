"""Databricks SQL, as Spark runs it: one session in a local master, in the ANSI mode that Databricks has."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

import lines

OLDEST_JAVA = 17
TYPES = {
    "integer": "BIGINT",
    "float": "DOUBLE",
    "text": "STRING",
    "date": "BIGINT",
    "logical": "BOOLEAN",
    "variant": "STRING",
    "instant": "BIGINT",
}
# Errors of the engine that say a result does not fit its type.
OVERFLOWS = re.compile(r"ARITHMETIC_OVERFLOW|NUMERIC_VALUE_OUT_OF_RANGE|CAST_OVERFLOW|DATETIME_OVERFLOW|long overflow")


def java():
    """The version of Java, installed when it is missing; None when there is none."""
    for attempt in range(2):
        if shutil.which("java"):
            told = subprocess.run(["java", "-version"], capture_output=True, text=True)
            found = re.search(r'version "(\d+)', told.stderr)
            if found:
                return int(found.group(1))
        if attempt == 0 and shutil.which("apt-get"):
            subprocess.run(
                ["apt-get", "install", "-y", "-qq", f"openjdk-{OLDEST_JAVA}-jre-headless"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
    return None


def start(folder):
    from pyspark.sql import SparkSession

    options = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "2g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.warehouse.dir": folder,
        "spark.local.dir": folder,
        "spark.sql.shuffle.partitions": "1",
        "spark.default.parallelism": "1",
        "spark.sql.adaptive.enabled": "false",
        # Compiling wide projections to bytecode takes longer than computing them for few rows.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={folder} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss16m",
        "spark.log.level": "OFF",
    }
    builder = SparkSession.builder.master("local[2]").appName("cases")
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def main():
    version = java()
    if version is None or version < OLDEST_JAVA:
        lines.say({"skip": f"no Java {OLDEST_JAVA}"})
        return
    with tempfile.TemporaryDirectory() as folder:
        spark = start(folder)
        lines.serve(lambda *table: load(spark, *table), lambda *asked: query(spark, *asked), is_overflow)
        spark.stop()


def plain(kind, value):
    """A value as a column of its kind in TYPES takes it."""
    if value is None:
        return None
    if kind in ("date", "instant"):
        return (value - lines.EPOCH) // lines.datetime.timedelta(microseconds=1)
    return float(value) if kind == "float" else value


def load(spark, name, columns, rows):
    """A view over rows that the driver holds, so that statements over it need no job."""
    listed = ", ".join(f"`{column}` {TYPES[kind]}" for column, kind in columns)
    kinds = [kind for _, kind in columns]
    stored = [tuple(plain(kind, value) for kind, value in zip(kinds, row)) for row in rows]
    there = spark.createDataFrame(stored, listed)
    collected = there._jdf.collectAsList()
    local = spark._jsparkSession.createDataFrame(collected, there._jdf.schema())
    view = "stored_" + name
    local.createOrReplaceTempView(view)
    read = {
        "date": "CAST(timestamp_micros(`{0}`) AS TIMESTAMP_NTZ)",
        "instant": "timestamp_micros(`{0}`)",
        "variant": "parse_json(`{0}`)",
    }
    selected = ", ".join(read.get(kind, "`{0}`").format(column) + f" AS `{column}`" for column, kind in columns)
    spark.sql(f"CREATE OR REPLACE TEMP VIEW `{name}` AS SELECT {selected} FROM `{view}`")


def query(spark, sql, params):
    named = {
        f"p{number}": str(value) if kind == "date" else value for number, (kind, value) in enumerate(params, 1)
    }
    found = spark.sql(sql, args=named)
    read, dates = [], set()
    for place, field in enumerate(found.schema.fields):
        kind = field.dataType.typeName()
        if kind == "timestamp_ntz":
            # Python has no year 0.
            dates.add(place)
            read.append(f"unix_micros(CAST(c{place} AS TIMESTAMP))")
        elif kind in ("variant", "array", "map", "struct"):
            read.append(f"to_json(c{place})")
        elif kind in ("timestamp", "binary", "interval"):
            raise TypeError(f"column {field.name} is a {kind}")
        else:
            read.append(f"c{place}")
    renamed = found.toDF(*(f"c{place}" for place in range(len(read))))
    return [
        [lines.Micros(value) if place in dates and value is not None else value for place, value in enumerate(row)]
        for row in renamed.selectExpr(*read).collect()
    ]


def is_overflow(error):
    return bool(OVERFLOWS.search(str(error)))


if __name__ == "__main__":
    main()
