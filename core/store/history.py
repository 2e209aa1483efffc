"""The history of a file as a list, and the way back in it: to an earlier step, or without one change of many."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.errors import RefusedError, UserError
from core.i18n import T, Text
from core.ledger import Entry, Step
from core.ledger.filing import Records
from core.ledger.history import Heading, Key, altered_since, resting_on, steps_back, steps_without, undone
from core.ledger.journal import change_from_plain, text_from_plain
from core.store.connection import Connection
from core.store.journaled import Journaled, entry_of
from core.store.sides import side_entry

_HEAD = "json_extract(change, '$.who', '$.when', '$.why', '$.undoes', '$.redoes', '$.because')"
"""Everything but the records; asked at once, so that a change is parsed only once."""
_MOST_NAMED = 12
"""Entries that a sentence names; the others are many more."""


@dataclass(frozen=True, slots=True)
class WayBack:
    """A change that has not been made yet."""

    why: Text
    steps: tuple[Step, ...]
    entries: tuple[int, ...]
    """Numbers of the entries that it takes back."""


def headings(file: Journaled, after: int = 0) -> tuple[Heading, ...]:
    """Every change after an entry, newest first, with those that merges brought behind the entry that merged them."""
    db = file.connection
    marks = {mark.number: mark for mark in file.marks}
    back, kinds = undone(file.marks), _kinds(db, after)
    beside = _beside(db)
    sql = f"select number, {_HEAD} from journal where number > ? order by number desc"
    found: list[Heading] = []
    for number, head in db.conn.execute(sql, (after,)):
        found.append(_heading(number, head, kinds[number], final=marks[number].final, taken_back=number in back))
        found.extend(beside.get(number, ()))
    return tuple(found)


def told_in(file: Journaled, heading: Heading) -> Entry:
    """The entry of a line of the list, with its records."""
    if not heading.merge:
        return file.entry(heading.number)
    told = side_entry(file.connection, heading.hash)
    return Entry(told.number, change_from_plain(told.change), told.previous, heading.hash, heading.merge)


def _heading(number: int, head: str, kinds: dict[str, int], **more: Any) -> Heading:
    who, when, why, undoes, redoes, because = json.loads(head)
    return Heading(
        number, str(who), datetime.fromisoformat(when), text_from_plain(why),
        tuple(kinds.items()), int(undoes), int(redoes), str(because or ""), **more,
    )  # fmt: skip


def _kinds(db: Connection, after: int) -> defaultdict[int, dict[str, int]]:
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    sql = "select number, kind, count(*) from touched where number > ? group by number, kind"
    for number, kind, count in db.conn.execute(sql, (after,)):
        found[number][kind] = count
    return found


def _beside(db: Connection) -> dict[int, list[Heading]]:
    """What merges brought, by the entry that merged it; a group has no such table."""
    if not db.conn.execute("select 1 from sqlite_schema where name = 'side'").fetchone():
        return {}
    kinds: defaultdict[str, dict[str, int]] = defaultdict(dict)
    sql = (
        "select s.hash, json_extract(j.value, '$.kind'), count(*) from side s, json_each(s.change, '$.steps') j"
        " group by s.hash, json_extract(j.value, '$.kind')"
    )
    for digest, kind, count in db.conn.execute(sql):
        kinds[digest][kind] = count
    found: defaultdict[int, list[Heading]] = defaultdict(list)
    sql = f"select merge, hash, number, {_HEAD} from side order by merge, place desc"
    for merge, digest, number, head in db.conn.execute(sql):
        found[merge].append(_heading(number, head, kinds[digest], merge=merge, hash=digest))
    return dict(found)


def kinds_of(file: Journaled, key: str) -> tuple[str, ...]:
    """Of which kinds records of an id were ever changed."""
    sql = "select distinct kind from touched where id = ? order by kind"
    return tuple(kind for (kind,) in file.connection.conn.execute(sql, (key,)))


def to_return(file: Journaled, records: Records, number: int) -> WayBack:
    """What makes everything again as it was after an entry.

    Parameters
    ----------
    file, records
        the open file and what it holds now.
    number
        of the entry after which it was so.

    Raises
    ------
    RefusedError
        when something was signed, closed, merged or handed on since.
    UserError
        when there is no such entry, or nothing differs.
    """
    target = file.entry(number)
    fixed = next((mark.number for mark in reversed(file.marks) if mark.final and mark.number > number), 0)
    if fixed:
        raise RefusedError(
            T("Entry {number} cannot be taken back: {what}.", number=fixed, what=file.why(fixed) or Text("")),
            T("What was signed, closed, merged or handed on stays. Go back to it at most, or change the records anew."),
        )
    later = _since(file.connection, number)
    steps = steps_back(later, records)
    if not steps:
        raise UserError(
            T("Nothing would differ: everything is as it was after entry {number}.", number=number),
            T("Take a number from the list of changes."),
        )
    why = T("Back to entry {number}: {what}", number=number, what=target.change.why)
    return WayBack(why, steps, tuple(entry.number for entry in later))


def _since(db: Connection, number: int) -> list[Entry]:
    sql = "select number, previous, hash, change from journal where number > ? order by number"
    return [entry_of(row) for row in db.conn.execute(sql, (number,))]


def to_take_back(file: Journaled, records: Records, number: int) -> WayBack:
    """What takes one change back and leaves every other as it is.

    Raises
    ------
    RefusedError
        when it cannot be taken back, or when later changes depend on it; they are named.
    UserError
        when there is no such entry.
    """
    entry = file.entry(number)
    _must_be_free(file, entry)
    altered = altered_since(entry, records)
    depending = sorted(_touching(file.connection, (*altered, *resting_on(entry, records)), number))
    if altered or depending:
        raise RefusedError(
            T("Later changes depend on entry {number}: {changes}.", number=number, changes=_named(file, depending)),
            T("Take those back first, the newest first, or change the records anew."),
        )
    why = T("Entry {number} taken back: {what}", number=number, what=entry.change.why)
    return WayBack(why, steps_without(entry), (number,))


def _must_be_free(file: Journaled, entry: Entry) -> None:
    number, why = entry.number, entry.change.why
    if entry.final:
        raise RefusedError(
            T("Entry {number} cannot be taken back: {what}.", number=number, what=why),
            T("What was signed, closed, merged or handed on stays. Change the records anew."),
        )
    if any(step.kind == "plant" and step.before is None for step in entry.change.steps):
        raise RefusedError(
            T("The plant was created by entry {number}; that stays.", number=number),
            T("Take a number from the list of changes."),
        )
    if number in undone(file.marks):
        raise RefusedError(
            T("Entry {number} was taken back already.", number=number), T("Take a number from the list of changes.")
        )


def _touching(db: Connection, keys: Iterable[Key], after: int) -> Iterator[int]:
    sql = "select number from touched where kind = ? and id = ? and number > ?"
    numbers = {number for key in keys for (number,) in db.conn.execute(sql, (*key, after))}
    yield from numbers


def _named(file: Journaled, numbers: list[int]) -> list[Text]:
    shown = [T("{number} ({what})", number=one, what=file.why(one) or Text("")) for one in numbers[-_MOST_NAMED:]]
    rest = len(numbers) - len(shown)
    return [*shown, T("and {count} more", count=rest)] if rest else shown
