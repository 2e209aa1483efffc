"""A change on its way into the journal: its place in the chain, its text, and the rows it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from core.ledger import Change, Entry, canonical
from core.ledger.journal import change_to_plain
from core.store.connection import Connection
from core.store.health import hash_of


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as it is written; a large import is put into plain form only once."""

    entry: Entry
    text: str
    """Canonical form of the change."""
    after: tuple[object, ...]
    """Plain form of each step's record; None where it ceases to be."""


def seal(number: int, change: Change, previous: str) -> Sealed:
    """Put a change into its place in the chain."""
    plain = change_to_plain(change)
    text = canonical(plain).decode()
    after = tuple(step["after"] for step in plain["steps"])  # type: ignore[attr-defined]
    return Sealed(Entry(number, change, previous, hash_of(number, text, previous)), text, after)


def write_sealed(db: Connection, sealed: Sealed) -> None:
    """Journal entry and records; rows in bulk with ``executemany``, which is ten times the speed of ``insert_all``."""
    number, steps = sealed.entry.number, sealed.entry.change.steps
    db.conn.execute(
        "insert into journal (number, previous, hash, change) values (?, ?, ?, ?)",
        (number, sealed.entry.previous, sealed.entry.hash, sealed.text),
    )
    gone = [(s.kind, s.id) for s in steps if s.after is None]
    kept = [
        (s.kind, s.id, canonical(plain).decode(), number, getattr(s.after, "sha256", None))
        for s, plain in zip(steps, sealed.after, strict=True)
        if plain is not None
    ]
    db.conn.executemany("delete from record where kind = ? and id = ?", gone)
    db.conn.executemany(
        "insert into record (kind, id, data, changed_by, blob) values (?, ?, ?, ?, ?) on conflict (kind, id) do update "
        "set data = excluded.data, changed_by = excluded.changed_by, blob = excluded.blob",
        kept,
    )
    db.conn.executemany(
        "insert or ignore into touched (kind, id, number) values (?, ?, ?)", [(s.kind, s.id, number) for s in steps]
    )
