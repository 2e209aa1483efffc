"""Key figures as rows of a table, some of them unfinished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.audit.figure_units import unit_kept, unit_title
from core.audit.key_figures import KNOWN, figure_title, named
from core.exchange.cells import parse_text
from core.exchange.dates import parse_date, parse_span
from core.exchange.key_figures import FIELDS
from core.exchange.numbers import parse_number
from core.i18n import show_date, show_number
from core.ledger import KeyFigure
from core.methods import plain
from gui.language import _, language, say
from gui.tables.table import Column, Mark

TITLES = {one.key: one.name for one in FIELDS}
REQUIRED = ("name", "unit", "start", "end", "quantity")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One key figure as it is typed."""

    id: str
    name: str = ""
    unit: str = ""
    start: date | None = None
    end: date | None = None
    quantity: Decimal | None = None
    evidence: str = ""
    note: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns without which it is no key figure."""
        return tuple(key for key in REQUIRED if getattr(self, key) in (None, ""))

    def record(self) -> KeyFigure:
        """The key figure; nothing may be missing."""
        assert self.start is not None and self.end is not None and self.quantity is not None
        return KeyFigure(self.id, self.name, self.unit, self.start, self.end, self.quantity, self.evidence, self.note)


def figure_row(one: KeyFigure) -> FigureRow:
    """A kept figure as a row."""
    return FigureRow(one.id, one.name, one.unit, one.start, one.end, one.quantity, one.evidence, one.note)


def row_marks(row: FigureRow) -> dict[str, Mark]:
    """What is still missing."""
    return {key: Mark("info", _("Still missing; the row is kept once it is complete.")) for key in row.missing}


def _name(row: FigureRow, text: str) -> FigureRow:
    name = named(parse_text(text))
    unit = row.unit or (KNOWN[name].unit if name in KNOWN else "")
    return replace(row, name=name, unit=unit)


def _start(row: FigureRow, text: str) -> FigureRow:
    """A day; a month, quarter or year sets the end as well."""
    if not text.strip():
        return replace(row, start=None)
    first, last = parse_span(text)
    return replace(row, start=first, end=last if first != last else row.end)


def _end(row: FigureRow, text: str) -> FigureRow:
    return replace(row, end=parse_date(text, end=True) if text.strip() else None)


def _quantity(row: FigureRow, text: str) -> FigureRow:
    return replace(row, quantity=parse_number(text) if text.strip() else None)


def _day(value: date | None) -> str:
    return "" if value is None else show_date(value, language())


def figure_columns(names: Callable[[], Sequence[str]], file_of: Callable[[str], str]) -> list[Column[FigureRow]]:
    """As in an imported file; ``names`` are those in use, ``file_of`` gives the name of a kept file."""
    titles = {key: say(name) for key, name in TITLES.items()}
    day = 14 if language() == "zh" else 10

    def offered(_row: FigureRow) -> list[str]:
        return [say(figure_title(name)) for name in dict.fromkeys((*KNOWN, *names()))]

    return [
        Column("name", titles["name"], lambda r: say(figure_title(r.name)) if r.name else "", edit=_name,
               choices=offered, width=22),
        Column("unit", titles["unit"], lambda r: say(unit_title(r.unit)),
               edit=lambda r, t: replace(r, unit=unit_kept(parse_text(t))), width=9),
        Column("start", titles["start"], lambda r: _day(r.start), sort=lambda r: r.start or date.max, edit=_start,
               width=day),
        Column("end", titles["end"], lambda r: _day(r.end), sort=lambda r: r.end or date.max, edit=_end, width=day),
        Column("quantity", titles["quantity"], lambda r: "" if r.quantity is None else show_number(r.quantity),
               align="right", sort=lambda r: r.quantity or Decimal(0),
               plain=lambda r: "" if r.quantity is None else plain(r.quantity), edit=_quantity, width=13),
        Column("evidence", titles["evidence"], lambda r: file_of(r.evidence), plain=lambda r: r.evidence,
               edit=lambda r, t: replace(r, evidence=parse_text(t)), width=16),
        Column("note", titles["note"], lambda r: r.note, edit=lambda r, t: replace(r, note=parse_text(t)), width=20,
               stretch=True),
    ]  # fmt: skip
