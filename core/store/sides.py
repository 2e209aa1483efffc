"""Entries that merges brought from other copies: read, and held against the merge that names the last of them.

They are kept word by word, so that the chain of each copy can be followed back to where the copies were one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from core.ledger.canonical import canonical
from core.ledger.journal import GENESIS
from core.ledger.merging_past import Past
from core.ledger.merging_threads import Told
from core.store.connection import Connection
from core.store.health import hash_of

JournalRow: TypeAlias = "tuple[int, str, str, str]"
"""Number, previous, hash, change."""
SideRow: TypeAlias = "tuple[int, int, str, str, str]"
"""Number of the merge, then as in the journal."""
_MERGES = '"merges":'
"""In the text of every change that is a merge, and seldom in others."""


def side_rows(db: Connection) -> list[SideRow]:
    """Everything that merges brought, in its order."""
    sql = "select merge, number, previous, hash, change from side order by merge, place"
    return db.conn.execute(sql).fetchall()


def altered_at(journal: Iterable[JournalRow], sides: Sequence[SideRow]) -> int:
    """Number of the first entry whose merged history is not the one that was merged; 0: all are whole.

    Each entry must have the hash that its words give and follow one that is known by then, and the last one must be the
    one that the merge names, which the chain of the journal protects.
    """
    known, waiting = {GENESIS: 0}, list(reversed(sides))
    for number, _, digest, text in journal:
        merges = json.loads(text).get("merges") if _MERGES in text else None
        found = 0
        while waiting and waiting[-1][0] == number:
            found += 1
            if merges is None or not _follows(waiting.pop(), known):
                return number
        if merges is not None and (merges["head"] not in known or found != merges["entries"]):
            return number
        known[digest] = number
    return waiting[-1][0] if waiting else 0


def _follows(row: SideRow, known: dict[str, int]) -> bool:
    _, number, previous, digest, text = row
    if digest in known or known.get(previous, -2) != number - 1 or hash_of(number, text, previous) != digest:
        return False
    if _MERGES in text and (merges := json.loads(text).get("merges")) is not None and merges["head"] not in known:
        return False
    known[digest] = number
    return True


def told_of(db: Connection, without: frozenset[str] = frozenset()) -> Iterator[Told]:
    """All entries, each after those that it names, but for some."""
    sql = "select number, previous, hash, change from journal order by number"
    sides: dict[int, list[str]] = {}
    for merge, digest in db.conn.execute("select merge, hash from side order by merge, place"):
        sides.setdefault(merge, []).append(digest)
    for row in db.conn.execute(sql):
        for digest in sides.get(row[0], ()):
            if digest not in without:
                yield side_entry(db, digest)
        if row[2] not in without:
            yield Told(row[0], row[1], row[2], json.loads(row[3]))


def side_entry(db: Connection, digest: str) -> Told:
    """One entry that a merge brought."""
    sql = "select number, previous, hash, change, merge from side where hash = ?"
    number, previous, found, text, merge = db.conn.execute(sql, (digest,)).fetchone()
    return Told(number, previous, found, json.loads(text), merge)


def past_of(db: Connection) -> Past:
    """The history of a file as one web."""
    past = Past()
    for told in told_of(db):
        past.add(told)
    return past


def put_sides(db: Connection, merge: int, entries: Iterable[Told]) -> None:
    """Keep what a merge brings."""
    db.conn.executemany(
        "insert into side (merge, place, number, previous, hash, change) values (?, ?, ?, ?, ?, ?)",
        (
            (merge, place, one.number, one.previous, one.hash, canonical(one.change).decode())
            for place, one in enumerate(entries)
        ),
    )
