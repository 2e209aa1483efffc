"""What files of head office say, as rows of tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from core.i18n import show
from core.ledger import SerialsElsewhere
from gui.asked.words import day
from gui.language import _, language, say
from gui.tables.table import Column, Mark

if TYPE_CHECKING:
    from core.disclosures.question import Question
    from core.handover.noticed import Open


def item_key(one: Open) -> tuple[str, int]:
    """What an item is, whatever becomes of it."""
    return one.notice.title, one.number


def item_state(one: Open) -> str:
    """Whether it is answered, and what of it is missing."""
    if one.done:
        return _("Answered")
    if one.in_words:
        return _("Answer in words")
    return _("Missing: {years}", years=[str(year) for year in one.missing])


def item_columns(*, several: bool = True) -> list[Column[Open]]:
    """What is asked; with the request where there are several."""
    found: list[Column[Open]] = [
        Column("number", _("No."), lambda r: str(r.number), "", "right", lambda r: r.number, width=5),
        Column("words", _("What is asked"), lambda r: say(r.words), width=40, stretch=True),
        Column("state", _("State"), item_state, width=22),
    ]
    if several:
        found.insert(0, Column("request", _("Request of head office"), lambda r: r.notice.title, width=22))
        found.insert(3, Column("due", _("Due"), _due, sort=lambda r: r.notice.due or "9", width=14))
    return found


def _due(one: Open) -> str:
    return day(one.notice.due)


def item_marks(today: date) -> Callable[[Open], Mapping[str, Mark]]:
    """An icon for what is answered, open and overdue."""

    def marks(one: Open) -> Mapping[str, Mark]:
        if one.done:
            return {"state": Mark("good", one.answer or _("The data of the plant answer it."))}
        if one.notice.due and date.fromisoformat(one.notice.due) < today:
            return {"state": Mark("bad", _("Its day is over."))}
        return {"state": Mark("warning", _("Not answered yet."))}

    return marks


def map_columns() -> list[Column[Question]]:
    """Questions of a disclosure map, with what they rest on."""
    return [
        Column("id", _("Question"), lambda r: r.id, width=14),
        Column("name", _("What is asked"), lambda r: say(r.name), width=34, stretch=True),
        Column("points", _("Data points"), _points, width=34),
        Column("requirement", _("Requirement"), _requirement, width=14),
    ]


def _points(row: Question) -> str:
    from core.disclosures.catalogue import all_points

    return show([all_points()[key].name for key in row.points], language())


def _requirement(row: Question) -> str:
    from core.disclosures.maps import REQUIREMENT_WORDS

    return say(REQUIREMENT_WORDS[row.requirement])


def serials_columns() -> list[Column[SerialsElsewhere]]:
    """Certificates and who uses them."""
    return [
        Column("serials", _("Serial numbers"), lambda r: r.serials, width=40, stretch=True),
        Column("holder", _("Plant that uses them"), lambda r: r.holder, width=24),
        Column("year", _("Year"), lambda r: str(r.year), "", "right", lambda r: r.year, width=8),
    ]
