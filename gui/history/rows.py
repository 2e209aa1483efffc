"""Columns of the list of changes."""

from __future__ import annotations

from collections.abc import Mapping

from core.ledger.history import Heading
from core.library.record_words import kind_name
from gui.language import _, language, say
from gui.tables.table import Column, Mark


def columns() -> tuple[Column[Heading], ...]:
    """Number, moment, person, what, records, kinds, finding."""
    return (
        Column("number", _("Entry"), lambda h: str(h.number), align="right", sort=_place, width=6),
        Column("when", _("When"), moment, sort=lambda h: h.when, width=15),
        Column("who", _("Who"), lambda h: h.who, width=12),
        Column("what", _("What was done"), lambda h: say(h.why), width=30, stretch=True),
        Column("records", _("Records"), lambda h: f"{h.records:,}", align="right", sort=lambda h: h.records, width=6),
        Column("kinds", _("Kinds"), kinds, width=13),
        Column("because", _("Because of"), because, width=12, hidden=True),
    )  # fmt: skip


def _place(heading: Heading) -> tuple[int, int]:
    """What a merge brought stands with the entry that merged it."""
    return heading.merge or heading.number, heading.number


def moment(heading: Heading) -> str:
    """When, by the clock of this computer."""
    return heading.when.astimezone().strftime("%Y-%m-%d %H:%M")


def day(heading: Heading) -> str:
    """On which day, by the same clock."""
    return heading.when.astimezone().strftime("%Y-%m-%d")


def kinds(heading: Heading) -> str:
    """Which kinds of records were touched."""
    names = [say(kind_name(kind)) for kind, _count in heading.touched]
    return ("、" if language() == "zh" else ", ").join(names)


def because(heading: Heading) -> str:
    """The finding of the audit that it corrects."""
    return _("Finding {id}", id=heading.because) if heading.because else ""


def marks(heading: Heading) -> Mapping[str, Mark]:
    """What stands out: taken back, final, brought by a merge."""
    if heading.taken_back:
        return {"what": Mark("warning", _("Was taken back."))}
    if heading.final:
        return {"what": Mark("good", _("Signed, closed, merged or handed on: this stays."))}
    if heading.merge:
        return {"what": Mark("info", _("Came with a copy, merged by entry {merge}.", merge=heading.merge))}
    return {}
