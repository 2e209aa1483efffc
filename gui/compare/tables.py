"""Columns of the tables that compare, and the inspector on one line of two calculations."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from core.i18n import show_date, show_number
from core.inventory.side_by_side import Cell, Row
from core.inventory.waterfall import CAUSES, TITLES
from core.library import EXACT, Library
from core.methods import plain
from gui.compare.comparing import PLACES, CauseRow, Question, signed
from gui.explain import Explanation
from gui.language import _, language, say
from gui.tables.table import Column
from gui.widgets import label
from gui.wording import SCOPES, TONNES, item_name, unit_words

ZERO = Decimal(0)
DIGITS = 6
"""Significant ones of a factor on screen."""


def cause_columns(title: str) -> list[Column[CauseRow]]:
    """Before, each cause, after; in kilograms' precision, so that the parts are seen to add up."""

    def number(key: str, head: str, value: Callable[[CauseRow], Decimal], sign: bool = True) -> Column[CauseRow]:
        def text(row: CauseRow) -> str:
            return signed(value(row)) if sign else show_number(value(row), PLACES)

        return Column(key, head, text, TONNES, "right", value, lambda r: plain(value(r)), width=11)

    def of(cause: str) -> Callable[[CauseRow], Decimal]:
        return lambda row: row.causes[cause]

    return [
        Column("title", title, lambda r: say(r.title), width=20, stretch=True),
        number("before", _("Before"), lambda r: r.before, sign=False),
        *(number(cause, say(TITLES[cause]), of(cause)) for cause in CAUSES),
        number("after", _("After"), lambda r: r.after, sign=False),
        number("change", _("Change"), lambda r: r.change),
    ]


def change_of(row: Row) -> Decimal:
    """Tonnes on the right without those on the left."""
    old, new = row.cells
    return EXACT.subtract(new.tonnes or ZERO, old.tonnes or ZERO)


def line_columns(library: Callable[[], Library]) -> list[Column[Row]]:
    """Both sides of each line, what belongs together side by side: factors, tonnes, publishers."""

    def cell(row: Row, place: int) -> Cell:
        return row.cells[place]

    def factor(place: int, title: str) -> Column[Row]:
        return Column(f"factor{place}", title, lambda r: factor_words(cell(r, place), library()),
                      plain=lambda r: factor_plain(cell(r, place)), width=17)  # fmt: skip

    def emitted(place: int, title: str) -> Column[Row]:
        return Column(f"tonnes{place}", title, lambda r: tonnes_words(cell(r, place)), TONNES, "right",
                      lambda r: cell(r, place).tonnes or ZERO, lambda r: tonnes_plain(cell(r, place)),
                      width=10)  # fmt: skip

    def published(place: int, title: str) -> Column[Row]:
        return Column(f"publisher{place}", title, lambda r: publisher(cell(r, place)), width=30)

    def start(row: Row) -> str:
        return show_date(row.record.start, language())

    return [
        Column("source", _("Source"), lambda r: r.record.source, width=18, stretch=True),
        Column("item", _("What"), lambda r: item_name(library(), r.record.item), width=11),
        Column("start", _("From"), start, sort=lambda r: r.record.start, width=13),
        Column("scope", _("Scope"), lambda r: say(SCOPES[r.scope]) if r.scope else "–", width=14, hidden=True),
        factor(0, _("Factor before")),
        factor(1, _("Factor after")),
        emitted(0, _("Before")),
        emitted(1, _("After")),
        Column("change", _("Change"), lambda r: signed(change_of(r)), TONNES, "right", change_of,
               lambda r: plain(change_of(r)), width=10),
        published(0, _("Publisher before")),
        published(1, _("Publisher after")),
    ]  # fmt: skip


def factor_words(cell: Cell, library: Library) -> str:
    """Six significant digits, and the unit; the full value is copied."""
    if cell.factor is None:
        return _("excluded") if cell.why else _("no line")
    value = cell.factor.value
    digits = max(0, DIGITS - 1 - value.adjusted()) if value else 0
    return f"{show_number(round(value, digits))} {unit_words(library, cell.factor.unit)}"


def factor_plain(cell: Cell) -> str:
    return "" if cell.factor is None else f"{plain(cell.factor.value)} {cell.factor.unit}"


def publisher(cell: Cell) -> str:
    return "" if cell.factor is None else ", ".join(filter(None, (cell.factor.publisher, cell.factor.edition)))


def tonnes_words(cell: Cell) -> str:
    return "–" if cell.tonnes is None else show_number(cell.tonnes, PLACES)


def tonnes_plain(cell: Cell) -> str:
    return "" if cell.tonnes is None else plain(cell.tonnes)


def explained_row(row: Row, question: Question, library: Library) -> QWidget:
    """Both factors of a line, with their publications."""
    shown = Explanation(library)
    what = f"{item_name(library, row.record.item)} · {show_date(row.record.start, language())}"
    shown.title(row.record.source, what)
    for name, cell in zip(question.titles(), row.cells, strict=True):
        shown.section(name)
        if cell.factor is None:
            shown.column.addWidget(label(say(cell.why) if cell.why else _("There is no such line."), wrap=True))
            continue
        shown.pairs(((_("Emissions"), f"{tonnes_words(cell)} {TONNES}"),))
        shown.factor(cell.factor)
    return shown
