"""Items of samples as rows of a grid: what is to be tested, what was found, what is hidden while it is typed blind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.audit.people import name_of
from core.audit.procedures import (
    DIFFERS,
    NOT_POSSIBLE,
    PROCEDURES,
    RESULTS,
    conclusive,
    result_of,
    samples_of,
    sheets_of,
)
from core.i18n import T, Text, show_date, show_month, show_number
from core.ledger import Activity, Ledger, TestSheet
from core.library import Library
from core.methods import plain
from gui.audit_findings.materiality_bar import signed
from gui.language import _, language, say
from gui.tables.table import Column, Mark
from gui.wording import TONNES, item_name, unit_name

OPEN, GONE = "", "gone"
ALL, UNTESTED = "all", "untested"
"""Choices of the list beside the single samples."""
STATES: dict[str, Text] = {OPEN: T("To test"), **RESULTS, GONE: T("Deleted")}
HIDDEN = "•••"
"""In the place of a value that is typed blind."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a sample with what was found about it."""

    id: str
    """Of the record."""
    samples: tuple[str, ...]
    record: Activity | None
    """None: deleted since it was drawn."""
    sheets: tuple[TestSheet, ...]
    state: str
    """A key of :data:`STATES`."""
    blind: bool
    """Whether values are hidden."""
    people: str
    """Names of those who tested it."""
    item: str = ""
    unit: str = ""

    @property
    def last(self) -> TestSheet | None:
        """The newest sheet that settles it, else the newest."""
        settled = [one for one in self.sheets if conclusive(one)]
        return settled[-1] if settled else self.sheets[-1] if self.sheets else None

    @property
    def reported(self) -> Decimal | None:
        """Quantity in the record now; None where it is hidden or gone."""
        return None if self.record is None or self.blind else self.record.quantity


def items_of(
    ledger: Ledger, library: Library, year: int, which: str = ALL, *, blind: bool = False, more: Collection[str] = ()
) -> list[Item]:
    """The items of all samples, of one, or those that are open; each record once, in the order of drawing.

    ``more`` are records beside the samples that somebody wants to test.
    """
    samples = samples_of(ledger, year)
    wanted = [one for one in samples if which in (ALL, UNTESTED, one.id)]
    keys = dict.fromkeys(key for one in wanted for key in one.activities)
    keys |= dict.fromkeys(more)
    of: dict[str, tuple[str, ...]] = {}
    for one in samples:
        for key in dict.fromkeys(one.activities):
            of[key] = (*of.get(key, ()), one.id)
    sheets: dict[str, list[TestSheet]] = {}
    for sheet in sheets_of(ledger, year):
        sheets.setdefault(sheet.activity, []).append(sheet)
    found = [_item(ledger, library, key, of.get(key, ()), tuple(sheets.get(key, ())), blind) for key in keys]
    return [one for one in found if which != UNTESTED or one.state == OPEN or one.id in more]


def _item(
    ledger: Ledger, library: Library, key: str, samples: tuple[str, ...], sheets: tuple[TestSheet, ...], blind: bool
) -> Item:
    held = ledger.get("activity", key)
    record = held if isinstance(held, Activity) else None
    state = result_of(sheets) or (OPEN if record is not None else GONE)
    people = ", ".join(dict.fromkeys(name_of(ledger, one.by) for one in sheets))
    item, unit = ("", "") if record is None else (item_name(library, record.item), unit_name(library, record.unit))
    return Item(key, samples, record, sheets, state, blind, people, item, unit)


def columns() -> list[Column[Item]]:
    """State and what it is about first; the rest for wide windows."""
    return [
        Column("state", _("State"), lambda row: say(STATES[row.state]), width=9),
        Column("source", _("Source"), lambda row: row.record.source if row.record else row.id, width=13),
        Column("days", _("Period"), period, sort=lambda row: row.record.start if row.record else date.min, width=10),
        Column("reported", _("Reported"), _reported, align="right", sort=_quantity, plain=_plain, width=10),
        Column("unit", _("Unit"), lambda row: row.unit, width=6),
        Column("effect", _("Effect"), _effect, unit=TONNES, align="right", sort=_size, width=9),
        Column("item", _("Item"), lambda row: row.item, width=18, hidden=True),
        Column("reference", _("Bill"), lambda row: row.record.evidence if row.record else "", width=12, hidden=True),
        Column("procedure", _("Procedure"), _procedure, width=16, hidden=True),
        Column("people", _("Tested by"), lambda row: row.people, width=14, hidden=True),
        Column("samples", _("Samples"), lambda row: ", ".join(row.samples), width=10, hidden=True),
        Column("id", _("Record"), lambda row: row.id, width=9, hidden=True),
    ]


def period(row: Item) -> str:
    """The month where it is one, else first and last day."""
    if row.record is None:
        return ""
    return days(row.record.start, row.record.end)


def days(start: date, end: date) -> str:
    """``2023-03``, ``2023`` or ``2023-01 – 2023-06`` where whole months are meant, else both days."""
    lang = language()
    if start.day != 1 or date.fromordinal(end.toordinal() + 1).day != 1:
        return f"{show_date(start, lang)} – {show_date(end, lang)}"
    if (start.year, start.month) == (end.year, end.month):
        return show_month(start, lang)
    if (start.year, start.month, end.month) == (end.year, 1, 12):
        return f"{start.year}年" if lang == "zh" else str(start.year)
    return f"{show_month(start, lang)} – {show_month(end, lang)}"


def _reported(row: Item) -> str:
    if row.blind and row.record is not None:
        return HIDDEN
    return "" if row.reported is None else show_number(row.reported)


def _plain(row: Item) -> str:
    return HIDDEN if row.blind else "" if row.reported is None else plain(row.reported)


def _quantity(row: Item) -> Decimal:
    """Hidden values give no order either."""
    return Decimal(0) if row.reported is None else row.reported


def _effect(row: Item) -> str:
    if row.last is None or row.last.effect is None:
        return ""
    return HIDDEN if row.blind else signed(row.last.effect)


def _size(row: Item) -> Decimal:
    return Decimal(0) if row.blind or row.last is None else abs(row.last.effect or Decimal(0))


def _procedure(row: Item) -> str:
    return "" if row.last is None else say(PROCEDURES[row.last.procedure])


def marks(row: Item) -> dict[str, Mark]:
    """A difference wants a finding; what could not be tested weighs on the opinion."""
    if row.state == DIFFERS and not any(one.finding for one in row.sheets):
        return {"state": Mark("warning", _("It differs, and nobody raised a finding yet."))}
    if row.state == DIFFERS:
        return {"state": Mark("bad", _("It differs, and there is a finding."))}
    if row.state == NOT_POSSIBLE:
        return {"state": Mark("info", _("It could not be tested; its tonnes weigh on the opinion."))}
    return {}
