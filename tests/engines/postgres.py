"""A PostgreSQL server of its own for a test: on loopback, in a folder that is thrown away, without a driver."""

from __future__ import annotations

import csv
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.group.year.rollup import Row

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian puts the programs of each version."""


def programs() -> Path | None:
    """Folder of ``initdb`` and ``pg_ctl``, of the newest version; None where there is none."""
    versions = sorted(DEBIAN.glob("*/bin/pg_ctl"), key=lambda p: int(p.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("pg_ctl")
    return Path(found).resolve().parent if found else None


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    folder: Path
    port: int

    def ask(self, text: str) -> list[list[str]]:
        """The rows of a query, as text."""
        answer = self.psql("--csv", "--tuples-only", "--command", text)
        return list(csv.reader(answer.splitlines()))

    def copy(self, table: str, rows: Iterable[Row]) -> None:
        """Fill a table."""
        path = self.folder / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)  # quoted, an empty text is not NULL
        self.psql("--command", f"\\copy {table} FROM '{path}' WITH (FORMAT csv)")

    def psql(self, *words: str) -> str:
        """Run psql; what it prints."""
        command = [
            "psql",
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            "-U",
            "group",
            "postgres",
        ]
        done = subprocess.run(
            [*command, *words], capture_output=True, text=True, encoding="utf-8", check=False,
            env=os.environ | {"PGCLIENTENCODING": "UTF8", "PGPASSFILE": os.devnull},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout


@contextmanager
def running(where: Path) -> Iterator[Postgres]:
    """Start a server and stop it afterwards, whatever happens. It refuses to run as root and is ``postgres`` then."""
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        as_other = ["runuser", "-u", "postgres", "--"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        if as_other:
            shutil.chown(folder, "postgres")
        data, port = folder / "data", _free_port()

        def run(program: str, *words: str) -> None:
            subprocess.run([*as_other, str(where / program), *words], check=True, capture_output=True, cwd=folder)

        run("initdb", "-D", str(data), "-U", "group", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-t", "60", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield Postgres(folder, port)
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
