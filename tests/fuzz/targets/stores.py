"""Plant files and group files: damaged bytes, rows that somebody altered, a colleague's copy."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.group.out.findings import weighed_of
from core.group.year.consolidating import consolidate, lines_of, reports_of
from core.handover.mailing import receive
from core.i18n import T
from core.inventory import Choices, compile_inventory, year_of
from core.library import load_library
from core.passphrase import Passphrase
from core.store import GroupFile, PlantFile, look
from core.store.cipher import Key, salt_of
from core.store.unlocking import forget, remember
from core.store.verifying import verify_blobs
from tests.core.group.filled import filled
from tests.core.store.conftest import NOW, PLANT, activity, adding
from tests.core.store.test_merge import BILL, merge, proof, put
from tests.fuzz.files import on_disk
from tests.fuzz.signed import PASSPHRASE, start
from tests.fuzz.target import Target, shown

DATA = Path(__file__).resolve().parents[2] / "data" / "versions" / "0-store"
_SALT = 16
"""Bytes at the beginning of an encrypted file."""
MOST = 12
"""Cells that are altered at once."""


def plant(data: bytes) -> None:
    """Whatever opens can be looked at from end to end, and is left as it was found."""
    with on_disk(data, "x.plant") as path:
        _looked_at(path)


def group(data: bytes) -> None:
    """The same of head office."""
    with on_disk(data, "x.group") as path:
        _group_looked_at(path)


def copy(data: bytes) -> None:
    """A colleague's copy is compared with the file that is open, and neither changes."""
    with on_disk(data, "theirs.plant") as path:
        _compared(path)


def locked(data: bytes) -> None:
    """An encrypted file whose beginning was left, for that names the key."""
    good = start("locked.plant")
    with on_disk(good[:_SALT] + data[_SALT:], "locked.plant") as path:
        remember(_key())
        try:
            _looked_at(path)
        finally:
            forget()


@cache
def _key() -> Key:
    with on_disk(start("locked.plant"), "locked.plant") as path:
        return Key.of(Passphrase(PASSPHRASE), salt_of(path))


def mailed(data: bytes) -> None:
    """A file that came by mail: what was sent, or the person is told."""
    with on_disk(data, "came.age") as path:
        out = path.with_name("out.plant")
        receive(path, out, Passphrase(PASSPHRASE))
        assert out.read_bytes() == b"a plant file"


def plant_rows(data: bytes) -> None:
    """A list of ``[table, row, column, value]`` is written into a good file behind the program's back."""
    with on_disk(_plant(), "x.plant") as path:
        _altered(path, data)
        _looked_at(path)


def copy_rows(data: bytes) -> None:
    """The same of a colleague's copy."""
    with on_disk(_theirs(), "theirs.plant") as path:
        _altered(path, data)
        _compared(path)


def group_rows(data: bytes) -> None:
    """The same of a group file."""
    with on_disk(_group(), "x.group") as path:
        _altered(path, data)
        _group_looked_at(path)


def _looked_at(path: Path) -> None:
    with PlantFile.open(path, read_only=True) as held:
        for problem in held.health.problems():
            shown(problem)
        entries = held.journal()
        assert len(entries) == min(held.entries, 1000)
        for entry in entries:
            held.why(entry.number)
        assert (held.undoable, held.redoable, held.corrections) is not None
        with held.reader() as reader:
            for one in verify_blobs(reader, held.ledger):
                shown(one.problem)
        assert held.past is not None
        if held.health.sound:
            compile_inventory(held.ledger, Choices(year_of(2024)), load_library())


def _group_looked_at(path: Path) -> None:
    with GroupFile.open(path, read_only=True) as held:
        for problem in held.health.problems():
            shown(problem)
        held.journal()
        for report in held.all():
            for reason in report.reasons:
                shown(reason)
        assert (held.undoable, held.redoable) is not None
        for year in held.years():
            found = consolidate(held.register, reports_of(held, year), year)
            assert list(weighed_of(held, found)) is not None
            for report in found.reports:
                if (lines := lines_of(held, report)) is not None:
                    assert (lines.columns, lines.sources, lines.items, lines.records) is not None


def _compared(theirs: Path) -> None:
    before = theirs.read_bytes()
    with on_disk(_ours(), "ours.plant") as path, PlantFile.open(path) as held:
        with look(held.path, held.ledger, theirs) as found:
            assert found.comparison is not None
        assert held.head
    assert theirs.read_bytes() == before


def _altered(path: Path, data: bytes) -> None:
    """Whoever does this has a database program, which refuses some of it."""
    try:
        cells = [(int(table), int(row), int(column), value) for table, row, column, value in json.loads(data)]
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise UserError(T("“{file}” is not a file of this program.", file=path.name)) from error
    with closing(sqlite3.connect(path)) as db:
        tables = list(_columns(db).items())
        for table, row, column, value in cells[:MOST]:
            name, columns = tables[table % len(tables)]
            sql = f'update "{name}" set "{columns[column % len(columns)]}" = ? where rowid = ?'
            with suppress(sqlite3.Error, OverflowError):
                db.execute(sql, (_cell(value), row))
        db.commit()


def _cell(value: Any) -> Any:
    """A text that begins with a sign for bytes is bytes; lists and objects stand as their JSON."""
    if isinstance(value, str) and value.startswith("x:"):
        return value[2:].encode()
    return json.dumps(value) if isinstance(value, (list, dict)) else value


def _columns(db: sqlite3.Connection) -> dict[str, list[str]]:
    names = [str(name) for (name,) in db.execute("select name from sqlite_schema where type = 'table' order by name")]
    return {one: [str(row[1]) for row in db.execute(f'pragma table_info("{one}")')] for one in names}


# ---------------------------------------------------------------------- where they start


@cache
def _files() -> tuple[bytes, bytes, bytes]:
    """Ours, a colleague's, and one in which a copy was merged already."""
    with tempfile.TemporaryDirectory() as name:
        ours, theirs, merged = (Path(name) / f"{one}.plant" for one in ("ours", "theirs", "merged"))
        PlantFile.create(ours, PLANT, "Li Na", NOW)
        with PlantFile.open(ours) as held:
            held.append(adding(activity(1)))
            held.append(adding(activity(2), proof("e00001", BILL, "a00001", "a00002")), [BILL])
        shutil.copy(ours, theirs)
        with PlantFile.open(theirs) as held:
            held.append(adding(activity(3)))
            put(held, activity(1, "7"), "Wang Wu")
        with PlantFile.open(ours) as held:
            held.append(adding(activity(4)))
        shutil.copy(ours, merged)
        merge(merged, theirs)
        return ours.read_bytes(), theirs.read_bytes(), merged.read_bytes()


def _ours() -> bytes:
    return _files()[0]


def _theirs() -> bytes:
    return _files()[1]


def _plant() -> bytes:
    return _files()[2]


@cache
def _group() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "x.group"
        filled(path, (2024,)).close()
        return path.read_bytes()


def _locked_files() -> Iterable[bytes]:
    _key()  # derived once, which takes a while
    return [start("locked.plant")]


def _earlier(name: str) -> bytes:
    """A file that an earlier version of the program wrote."""
    return next(DATA.rglob(name)).read_bytes()


def _plants() -> Iterable[bytes]:
    yield _plant()
    yield _earlier("version1.plant")
    yield _earlier("version2.plant")


def _groups() -> Iterable[bytes]:
    yield _earlier("version1.group")
    yield _group()


def _cells() -> Iterable[bytes]:
    yield b"[]"
    yield b'[[0,1,1,"x"],[2,2,1,"y"]]'


SQL = ("SQLite format 3", "journal", "record", "blob", "side", "CREATE TABLE", "{", '"steps":[', "null")
CELLS = ("null", "[]", "{}", '"x:', '"{\\"', "-1", "1e999", "9223372036854775807", '"\\u0000"', '\\"steps\\":')
TARGETS = (
    Target("plant_file", plant, _plants, words=SQL, longest=100_000, runs=120),
    Target("locked_file", locked, _locked_files, longest=100_000, runs=60),
    Target("mailed", mailed, lambda: [start("mailed.age")], longest=1_000, runs=10),
    Target("plant_rows", plant_rows, _cells, words=CELLS, longest=2_000, runs=120),
    Target("group_file", group, _groups, words=SQL, longest=400_000, runs=60),
    Target("group_rows", group_rows, lambda: [b"[]"], words=CELLS, longest=2_000, runs=60),
    Target("copy_file", copy, lambda: [_theirs()], words=SQL, longest=100_000, runs=60),
    Target("copy_rows", copy_rows, lambda: [b"[]"], words=CELLS, longest=2_000, runs=60),
)
