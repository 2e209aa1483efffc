"""Files of head office at a plant: how they are told from others, and their rows as tables.

What they say is read in :mod:`core.handover`, which costs time to load; here stands what is needed before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from core.i18n import T, Text, show_date, show_number
from core.ledger import Ledger, SerialsElsewhere
from core.methods import plain
from gui.language import _, language, say
from gui.table import Column, Mark

if TYPE_CHECKING:
    from core.handover.noticed import Open

MEDIA = "application/vnd.plant-audit.notice+json"
"""As in :mod:`core.handover.noticed`."""
ENDINGS = (".request", ".benchmarks", ".map", ".serials")
"""As in :mod:`core.handover.notices`."""
TRUST = ".trust"
"""Says whom to believe; not of the plant, but of the person."""
DECIMALS = 3
"""Of a number in a questionnaire; all of them are copied."""
KINDS: Mapping[str, Text] = {
    "request": T("Request for data"),
    "benchmarks": T("Benchmarks"),
    "map": T("Map of a questionnaire"),
    "serials": T("Certificates in use"),
    "factors": T("Factor set"),
    "trust": T("Certificates and revocations"),
}


@dataclass(frozen=True, slots=True)
class MapRow:
    """An item of a questionnaire, and the number of a year that belongs there."""

    item: str
    question: str
    value: Decimal | None
    """None: the data do not say."""
    unit: str


def any_taken(ledger: Ledger) -> bool:
    """Whether the plant has taken up a file of head office."""
    return any(one.media_type == MEDIA for one in ledger.evidence)


def day(text: str) -> str:
    """An ISO day as people write it; a dash for none."""
    return show_date(date.fromisoformat(text), language()) if text else "–"


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


def map_columns(year: str) -> list[Column[MapRow]]:
    """Items with the numbers of a year; none are shown where nobody asks for a year."""
    return [
        Column("item", _("Item"), lambda r: r.item, width=12),
        Column("question", _("Question"), lambda r: r.question, width=40, stretch=True),
        Column("value", year, _number, "", "right", lambda r: r.value or Decimal(0),
                       lambda r: "" if r.value is None else plain(r.value), width=18),
        Column("unit", _("Unit"), lambda r: r.unit, width=12),
    ]  # fmt: skip


def map_rows(filled: Sequence[tuple[Mapping[str, str], Decimal | None]]) -> list[MapRow]:
    """Rows of a map as they are shown."""
    return [MapRow(row["item"], row["question"], value, row["unit"]) for row, value in filled]


def _number(row: MapRow) -> str:
    return "–" if row.value is None else show_number(round(row.value, DECIMALS))


def serials_columns() -> list[Column[SerialsElsewhere]]:
    """Certificates and who uses them."""
    return [
        Column("serials", _("Serial numbers"), lambda r: r.serials, width=40, stretch=True),
        Column("holder", _("Plant that uses them"), lambda r: r.holder, width=24),
        Column("year", _("Year"), lambda r: str(r.year), "", "right", lambda r: r.year, width=8),
    ]
