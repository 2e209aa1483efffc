"""Merging a colleague's copy into a plant file: looked at first, then confirmed as one change or left alone.

The other file is read, never written, and believed nothing: its journal must hold, its records must follow from it, and
each of its blobs must have the hash under which it is kept.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self, TypeAlias

from core.audit.gate import permit
from core.audit.merged import permit_merged
from core.audit.wellformed import check_all
from core.blob import Content, FileBlob, size_of_content
from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import IntervalData, Ledger, from_plain, to_plain
from core.ledger.canonical import canonical
from core.ledger.journal import change_from_plain
from core.ledger.merging import Answers, Comparison, Side, compare
from core.ledger.merging_join import Plain
from core.ledger.merging_past import Past
from core.ledger.merging_threads import Told
from core.store.authors import MergedAuthors, kept_or_brought
from core.store.blobs import altered, pieces_of, read_blob
from core.store.connecting import connect
from core.store.connection import Connection, failures, unreadable
from core.store.database import open_file
from core.store.header import header_version
from core.store.health import hash_of
from core.store.opened import Opened
from core.store.plant_file import Pending, PlantFile
from core.store.schema import PLANT
from core.store.sides import told_of
from core.store.trouble import damaged

Tell: TypeAlias = Callable[[float, Text], None]
"""Is told how far it is, from 0 to 1; whatever it raises stops the work, and nothing has happened."""
LARGEST_JOURNAL = 2_000_000_000
"""Of a copy that is looked at; everything of it comes into memory. [bytes]"""
LARGEST_CHANGE = 200_000_000
"""Of one entry. [bytes]"""
_TABLES = frozenset({"journal", "record", "blob", "touched", "side"})


@dataclass(frozen=True, slots=True)
class KeptBlob(FileBlob):
    """A blob of another plant file, read from there in pieces."""

    def pieces(self) -> Iterator[bytes]:
        """The bytes; whoever takes them holds them against the hash."""
        try:
            with closing(connect(self.path, read_only=True)) as db:
                yield from pieces_of(db.conn, self.sha256)
        except failures() as error:
            raise altered(self.sha256) from error


@dataclass(frozen=True, slots=True)
class Found:
    """Another copy held against ours. To be closed, for an older copy was migrated beside."""

    path: Path
    """Where it is read."""
    name: str
    """Of the file that was chosen."""
    comparison: Comparison
    theirs: Ledger
    ours_head: str
    blobs: tuple[Content, ...]
    """What it keeps and ours does not, and what comes of joining both."""
    beside: TemporaryDirectory[str] | None = field(default=None, repr=False)

    @property
    def size(self) -> int:
        """Of the blobs that would be copied. [bytes]"""
        return sum(map(size_of_content, self.blobs))

    def close(self) -> None:
        """Take away what was made for looking."""
        if self.beside is not None:
            self.beside.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def look(path: Path, ledger: Ledger, other: Path, tell: Tell = lambda share, text: None) -> Found:
    """Hold another copy against our file, which may be open; nothing is changed.

    Parameters
    ----------
    path, ledger
        our file, read on a connection of its own, and what it holds now.
    other
        the colleague's copy.
    tell
        is told how far it is.

    Raises
    ------
    UserError
        when the copy cannot be trusted, is of a newer version, or is not a copy of this plant.
    """
    if other.exists() and other.samefile(path):
        raise UserError(T("This is the file that is open."), T("Choose the copy of your colleague."))
    tell(0.0, T("Reading the copy"))
    beside, place = _readable(other)
    try:
        with PlantFile(_checked(open_file(place, PLANT, read_only=True), other)) as copy:
            tell(0.4, T("Comparing both copies"))
            _trust(copy, other)
            found = _compared(path, ledger, copy)
        tell(1.0, T("Comparing both copies"))
        return replace(found, name=other.name, beside=beside)
    except BaseException as error:
        if beside is not None:
            beside.cleanup()
        if isinstance(error, unreadable("Error")):
            raise damaged(other, str(error)[:200]) from error
        raise


def _readable(other: Path) -> tuple[TemporaryDirectory[str] | None, Path]:
    """The copy itself, or another one of it to be migrated where it is of an older version."""
    if header_version(other, PLANT) >= PLANT.version:
        return None, other
    beside = TemporaryDirectory(prefix="merge-")
    for name in (other.name, f"{other.name}-wal"):
        if other.with_name(name).exists():
            shutil.copy2(other.with_name(name), Path(beside.name) / name)
    return beside, Path(beside.name) / other.name


def _checked(opened: Opened, other: Path) -> Opened:
    """Refuse what is no plain plant file, before anything of it is taken into memory."""
    conn = opened.db.conn
    try:
        for kind, name, sql in conn.execute("select type, name, sql from sqlite_schema"):
            known = kind == "index" or (kind == "table" and (name in _TABLES or str(name).startswith("sqlite_")))
            if not known or "virtual" in str(sql).lower().split("(")[0]:
                raise damaged(other, f"{kind} {name}")
        for table, column in (("journal", "change"), ("side", "change"), ("record", "data")):
            size = f"length(cast({column} as blob))"
            sql = f"select coalesce(sum({size}), 0), coalesce(max({size}), 0) from {table}"
            total, most = conn.execute(sql).fetchone()
            if total > LARGEST_JOURNAL or most > LARGEST_CHANGE:
                raise UserError(
                    T("The history of “{file}” is too large to be merged.", file=verbatim(other.name)),
                    T("Enter what your colleague changed by hand."),
                )
    except BaseException:
        opened.close()
        raise
    return opened


def _trust(copy: PlantFile, other: Path) -> None:
    if problems := copy.health.problems():
        raise UserError(
            T("The copy “{file}” cannot be merged: {why}", file=verbatim(other.name), why=problems[0]),
            T("Ask your colleague for a copy that opens without complaint."),
        )
    check_all(record for held in copy.ledger.records.values() for record in held.values())


def _compared(path: Path, ledger: Ledger, copy: PlantFile) -> Found:
    theirs = copy._opened.db
    with closing(connect(path, read_only=True)) as ours:
        held, line = _hashes(ours), _line(ours)
        here = Side(ledger, line, held, told_of(ours))
        there = Side(copy.ledger, _line(theirs), _hashes(theirs), _strict(told_of(theirs, held)))
        joining = _Intervals(ours, theirs)
        found = compare(here, there, {"intervals": joining})
        kept = {sha256 for (sha256,) in ours.conn.execute("select sha256 from blob")}
    blobs = theirs.conn.execute("select sha256, size from blob order by rowid").fetchall()
    new = tuple(KeptBlob(copy.path, str(sha256), int(size)) for sha256, size in blobs if sha256 not in kept)
    return Found(copy.path, copy.path.name, found, copy.ledger, line[-1], (*new, *joining.made))


@dataclass(slots=True)
class _Intervals:
    """Joins the interval data of a meter month by month."""

    ours: Connection
    theirs: Connection
    made: list[bytes] = field(default_factory=list)
    """Indexes of both."""

    def __call__(self, base: Plain | None, ours: Plain, theirs: Plain) -> Plain | None:
        from core.series.joining import joined_intervals  # numpy, which only interval data need

        records = [None if one is None else from_plain("intervals", one) for one in (base, ours, theirs)]
        before, mine, other = (one if isinstance(one, IntervalData) else None for one in records)
        assert mine is not None and other is not None
        if (found := joined_intervals(before, mine, other, self._blob)) is None:
            return None
        self.made.append(found[1])
        return to_plain(found[0])

    def _blob(self, digest: str) -> bytes:
        kept = self.ours.conn.execute("select 1 from blob where sha256 = ?", (digest,)).fetchone() is not None
        return read_blob((self.ours if kept else self.theirs).conn, digest)


def _line(db: Connection) -> tuple[str, ...]:
    return tuple(str(digest) for (digest,) in db.conn.execute("select hash from journal order by number"))


def _hashes(db: Connection) -> frozenset[str]:
    sides = db.conn.execute("select hash from side").fetchall()
    return frozenset(_line(db)).union(str(digest) for (digest,) in sides)


def _strict(entries: Iterable[Told]) -> Iterator[Told]:
    """Entries in exactly our form, whose sentences and records can be shown."""
    for told in entries:
        if hash_of(told.number, canonical(told.change).decode(), told.previous) != told.hash:
            raise ValueError(f"entry {told.number} is not canonical")
        change_from_plain(told.change)
        yield told


def merging(plant: PlantFile, found: Found, answers: Answers, who: str, when: datetime) -> Pending:
    """The merge as a change that is allowed and sealed, but not written. May be worked out in the thread of a job.

    Raises
    ------
    UserError
        when something is not decided, our file was changed since, or an audit does not allow what would come of it.
    """
    if plant.head != found.ours_head:
        raise UserError(T("This file was changed after the copies were compared."), T("Compare them again."))
    if found.comparison.nothing:
        raise UserError(T("The copy holds nothing that this file does not."), T("Nothing needs to be done."))
    past, change = found.comparison.past, found.comparison.change(answers, who, when)
    pending = plant.sealed(change, found.blobs, found.comparison.entries, past)
    entry = pending.sealed.entry
    past.add(Told(entry.number, entry.previous, entry.hash, json.loads(pending.sealed.text)))
    sides = ((plant.ledger, plant.head), (found.theirs, found.comparison.head))
    allowed = tuple((ledger, _authors(past, head)) for ledger, head in sides)
    with plant.reader() as reader:
        blob = kept_or_brought(reader.blob, found.blobs)
        permit(plant.ledger, change, allowed[0][1], blob)
        permit_merged(who, pending.after, allowed, _authors(past, entry.hash), blob)
    return pending


def _authors(past: Past, head: str) -> MergedAuthors:
    seen = past.seen_from(head)
    corrections = tuple(seen.corrections())
    return MergedAuthors(lambda: seen, lambda: corrections)
