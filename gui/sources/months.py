"""Source by month as a table: values, holes and estimates, as they go to a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import QLocale

from core.i18n import show_month, show_number
from core.inventory.period import Period
from core.library import EXACT, Library
from core.methods import plain
from gui.language import _, language, locale, say
from gui.sources.rows import STATE_WORDS, MonthRow
from gui.sources.tree import ESTIMATED
from gui.tables.table import Column, Mark
from gui.wording import TONNES, item_name, method_name, named, tonnes, unit_name

HOLE = "✕"


class Measure:
    """What the cells show; one object that the columns read, so that a switch needs no new table."""

    quantity = False


def columns(months: Sequence[Period], measure: Measure, library: Library) -> list[Column[MonthRow]]:
    """Source, item, unit, the months, their sum."""

    def unit(row: MonthRow) -> str:
        if not measure.quantity:
            return TONNES
        return unit_name(library, row.unit) if row.unit else ""

    return [
        Column("source", _("Source"), lambda r: r.source or _("Total"), width=22),
        Column("item", _("What"), lambda r: item_name(library, r.item) if r.item else "", width=14),
        Column("method", _("Method"), lambda r: method_name(r.method) if r.method else "", width=14, hidden=True),
        Column("unit", _("Unit"), unit, width=7),
        Column("total", _("Whole year"), lambda r: _shown(_sum(r, measure), measure), align="right",
               sort=lambda r: _sum(r, measure) or Decimal(0), plain=lambda r: _plain(_sum(r, measure)), width=9),
        *(_month(place, month, measure) for place, month in enumerate(months)),
    ]  # fmt: skip


def _month(place: int, month: Period, measure: Measure) -> Column[MonthRow]:
    def value(row: MonthRow) -> Decimal | None:
        values = row.quantity if measure.quantity else row.tonnes
        return values[place] if place < len(values) else None

    def text(row: MonthRow) -> str:
        state = row.months[place]
        if state.state in ("none", "outside"):
            return ""
        if state.state == "hole":
            return HOLE
        return f"{ESTIMATED} {_shown(value(row), measure)}" if state.estimated else _shown(value(row), measure)

    def full(row: MonthRow) -> str:
        return "" if row.months[place].state in ("hole", "none", "outside") else _plain(value(row))

    return Column(key_of(place), _short(month), text, align="right", sort=lambda r: value(r) or Decimal(0),
                  plain=full, width=9)  # fmt: skip


def key_of(place: int) -> str:
    """Of the column of a month."""
    return f"month{place + 1}"


def _short(month: Period) -> str:
    """``Sep``, as long as the others; ``9月``."""
    name = locale().monthName(month.start.month, QLocale.FormatType.ShortFormat)
    return name if language() == "zh" else name[:3]


def _sum(row: MonthRow, measure: Measure) -> Decimal | None:
    values = row.quantity if measure.quantity else row.tonnes
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total if values else None


def _shown(value: Decimal | None, measure: Measure) -> str:
    if value is None:
        return ""
    if not measure.quantity:
        return tonnes(value)
    return show_number(value, 0 if abs(value) >= 1000 else 2)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def marks(months: Callable[[], Sequence[Period]]) -> Callable[[MonthRow], dict[str, Mark]]:
    """What is wrong with a month: no record, or not of all its days."""

    def of(row: MonthRow) -> dict[str, Mark]:
        found: dict[str, Mark] = {}
        for place, (state, month) in enumerate(zip(row.months, months(), strict=True)):
            name = show_month(month.start, language())
            if state.state == "hole":
                found[key_of(place)] = Mark("warning", named(name, say(STATE_WORDS["hole"])))
            elif state.state == "part":
                words = _("{month}: {count} days without a record", month=name, count=row.missing[place])
                found[key_of(place)] = Mark("info", words)
        return found

    return of
