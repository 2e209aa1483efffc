"""Is the file what its journal says? Checked at every opening; a break is shown, not hidden."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.i18n import T, Text
from core.ledger import Correction, corrections_in
from core.ledger.journal import GENESIS, WORDS_GIVEN, change_from_plain
from core.store.connection import Connection, failures

_COMPLAINTS = 10
"""More say nothing more."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What undo needs to know of an entry."""

    number: int
    undoes: int
    redoes: int
    final: bool
    """Something was signed, a year closed, an audit moved on or a copy merged: undo stops here."""


@dataclass(frozen=True, slots=True)
class Health:
    """Result of the checks at opening."""

    integrity: tuple[str, ...]
    """What SQLite's integrity and foreign key checks complain about."""
    chain_broken_at: int
    """Number of the first journal entry that does not follow from its predecessors; 0: the chain holds."""
    strays: tuple[str, ...]
    """Records that are not what the journal says, ``kind id``."""
    side_altered_at: int = 0
    """Number of the first entry whose merged history is not what was merged; 0: all are."""

    @property
    def sound(self) -> bool:
        return not (self.integrity or self.chain_broken_at or self.strays or self.side_altered_at)

    def problems(self) -> tuple[Text, ...]:
        """In words."""
        found = [T("The database reports damage: {why}.", why=why) for why in self.integrity]
        if self.chain_broken_at:
            found.append(
                T("The journal was altered: the chain is broken at entry {number}.", number=self.chain_broken_at)
            )
        if self.side_altered_at:
            found.append(T("The merged history of entry {number} was altered.", number=self.side_altered_at))
        if self.strays:
            found.append(
                T(
                    "Records that differ from the journal: {count}, first: {record}.",
                    count=len(self.strays),
                    record=self.strays[0],
                )
            )
        return tuple(found)


def integrity(db: Connection) -> tuple[str, ...]:
    """Complaints of SQLite itself about everything but tables with big data.

    Those would have to be read whole at every opening; each of their values is verified by its hash when it is read.
    """
    try:
        found = [
            str(complaint)
            for table in _small_tables(db)
            for (complaint,) in db.conn.execute("select integrity_check from pragma_integrity_check(?)", (table,))
            if complaint != "ok"
        ]
        found += [f"foreign key of {row[0]}, row {row[1]}" for row in db.conn.execute("PRAGMA foreign_key_check")]
    except failures("DatabaseError") as error:
        found = [str(error)]
    return tuple(found[:_COMPLAINTS])


def _small_tables(db: Connection) -> list[str]:
    """The list of all tables, and the tables without a column of bytes."""
    sql = (
        "select s.name from sqlite_schema s where s.type = 'table' and not exists "
        "(select 1 from pragma_table_info(s.name) where upper(type) = 'BLOB') order by s.name"
    )
    return ["sqlite_schema", *(str(name) for (name,) in db.conn.execute(sql))]


def hash_of(number: int, change: str, previous: str) -> str:
    """The hash of an entry from the stored text of its change, without parsing it."""
    return hashlib.sha256(f'{{"change":{change},"number":{number},"previous":"{previous}"}}'.encode()).hexdigest()


def check_chain(rows: Iterable[tuple[int, str, str, str]]) -> int:
    """Number of the first entry that breaks the chain; 0 when it holds. Rows: number, previous, hash, change."""
    expected, last = 1, GENESIS
    for number, previous, digest, change in rows:
        if number != expected or previous != last:
            return expected
        if digest != hash_of(number, change, previous):
            return number
        expected, last = number + 1, digest
    return 0


def _is_final(step: Mapping[str, Any]) -> bool:
    if step["kind"] in WORDS_GIVEN:
        return True
    if step["kind"] == "engagement":
        return bool(step["before"] and step["after"] and step["before"]["state"] != step["after"]["state"])
    if step["kind"] == "person":
        return bool(
            step["before"] and step["after"] and not step["before"]["certificate"] and step["after"]["certificate"]
        )
    if step["kind"] not in ("audit", "closing") or step["after"] is None:
        return False
    return int(step["after"]["revision"]) > int(step["before"]["revision"] if step["before"] else 0)


def replay(changes: Iterable[tuple[int, str]]) -> tuple[dict[tuple[str, str], object], list[Mark], list[Correction]]:
    """The state that the journal leads to, the marks for undo, and what was corrected because of findings."""
    state: dict[tuple[str, str], object] = {}
    marks: list[Mark] = []
    corrections: list[Correction] = []
    for number, text in changes:
        change = json.loads(text)
        final = "merges" in change or any(map(_is_final, change["steps"]))
        marks.append(Mark(number, change["undoes"], change["redoes"], final))
        if change.get("because"):
            corrections.extend(corrections_in(number, change_from_plain(change)))
        for step in change["steps"]:
            if step["after"] is None:
                state.pop((step["kind"], step["id"]), None)
            else:
                state[step["kind"], step["id"]] = step["after"]
    return state, marks, corrections


def check_records(state: dict[tuple[str, str], object], rows: Iterable[tuple[str, str, object]]) -> tuple[str, ...]:
    """Records that are missing, extra or different from what the journal leads to. Rows: kind, id, parsed data."""
    strays: list[str] = []
    open_keys = dict(state)
    for kind, key, plain in rows:
        expected = open_keys.pop((kind, key), None)
        if expected is None or expected != plain:
            strays.append(f"{kind} {key}")
    strays.extend(f"{kind} {key}" for kind, key in open_keys)
    return tuple(strays)
