"""PostgreSQL: a private cluster on loopback, installed from the distribution's packages when it is missing.

The database sorts text by the rules of a language, as most databases do, so that statements have to say what they mean.
"""

import datetime
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile

import psycopg
import psycopg.types.datetime
from psycopg.types.string import TextLoader

import lines

TYPES = {
    "integer": "BIGINT",
    "float": "DOUBLE PRECISION",
    "text": "TEXT",
    "date": "TIMESTAMP",
    "logical": "BOOLEAN",
    "variant": "JSONB",
    "instant": "TIMESTAMPTZ",
}
PACKAGE = "postgresql-15"
OWNER = "postgres"


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise OSError((done.stdout.strip().splitlines() or ["it failed without a word"])[-1])


def programs():
    """The folder of the newest installed server's programs."""
    found = [path for path in pathlib.Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def installed():
    if programs() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
        install = [*environment, "apt-get", "install", "-y", "--no-install-recommends", PACKAGE]
        try:
            run(*install)
        except OSError:
            run("apt-get", "update")
            run(*install)
    if programs() is None:
        raise OSError("no initdb found")
    return programs()


class Server:
    """A cluster in a folder of its own. The server refuses to run as root, so root lends it another user."""

    def __init__(self):
        self.bin = installed()
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="bookwright-postgres-"))
        self.user = []
        if os.geteuid() == 0:
            owner = pwd.getpwnam(OWNER)
            os.chown(self.home, owner.pw_uid, owner.pw_gid)
            self.user = ["runuser", "-u", OWNER, "--"]
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        options = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.home,
            "fsync": "off",
            "jit": "off",
            "timezone": "Asia/Kathmandu",
        }
        self.tool(
            "initdb", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
            "--locale-provider=icu", "--icu-locale=en-US", "--no-sync", "--no-instructions",
        )
        settings = " ".join(f"-c {name}={value}" for name, value in options.items())
        self.tool("pg_ctl", "-l", self.home / "log", "-w", "-o", settings, "start")

    def tool(self, name, *arguments):
        run(*self.user, self.bin / name, "-D", self.home / "data", *arguments)

    def stop(self):
        self.tool("pg_ctl", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.home, ignore_errors=True)


class YearZero(datetime.datetime):
    """A time of the year 0, which Python does not have: the same time of the year 4."""

    def __sub__(self, other):
        return super().__sub__(other) - datetime.timedelta(days=1461)


class TimestampLoader(psycopg.types.datetime.TimestampLoader):
    """Reads 1 BC, which is the year 0, as well."""

    def load(self, data):
        text = bytes(data).decode()
        if text.startswith("0001-") and text.endswith(" BC"):
            return YearZero.fromisoformat("0004-" + text[5:-3])
        return super().load(data)


def hole(at, kind):
    """The place of a value; instants come as wall-clock time of UTC."""
    return f"CAST(${at} AS TIMESTAMP) AT TIME ZONE 'UTC'" if kind == "instant" else f"${at}"


def main():
    try:
        server = Server()
    except (OSError, KeyError) as error:
        lines.say({"skip": str(error)})
        return
    try:
        address = {"host": "127.0.0.1", "port": server.port, "user": OWNER, "dbname": OWNER}
        connection = psycopg.connect(**address, autocommit=True, cursor_factory=psycopg.RawCursor)
        connection.prepare_threshold = None
        for json in ("json", "jsonb"):
            connection.adapters.register_loader(json, TextLoader)
        connection.adapters.register_loader("timestamp", TimestampLoader)

        def load(name, columns, rows):
            listed = ", ".join(f'"{column}" {TYPES[kind]}' for column, kind in columns)
            connection.execute(f'DROP TABLE IF EXISTS "{name}"')
            connection.execute(f'CREATE TABLE "{name}" ({listed})')
            holes = ", ".join(hole(at, kind) for at, (_, kind) in enumerate(columns, 1))
            with connection.cursor() as cursor:
                cursor.executemany(f'INSERT INTO "{name}" VALUES ({holes})', rows)

        def query(sql, params):
            return connection.execute(sql, [value for _, value in params]).fetchall()

        def is_overflow(error):
            return isinstance(error, psycopg.errors.NumericValueOutOfRange)

        lines.serve(load, query, is_overflow)
        connection.close()
    finally:
        server.stop()


main()
