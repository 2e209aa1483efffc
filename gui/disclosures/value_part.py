"""A value in the inspector: all its digits, its table, its proofs, how long it holds, what it was a year ago."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.disclosures.cells import Words
from core.disclosures.comparing import differing
from core.disclosures.question import Question
from core.disclosures.readiness import as_asked, is_proven
from core.disclosures.value import PointValue
from gui.disclosures import words as said
from gui.disclosures.compared import signed
from gui.disclosures.links import link
from gui.language import _, say
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import as_large, button, heading, label, marked, number, on_top
from gui.wording import named

ROWS, COLUMNS = 5, 3
"""Of a table, shown in the inspector; the whole of it is a click away."""
PROOFS = 5
"""Names of files shown."""


def value_part(value: PointValue, words: Words, settings: Settings, over: QWidget | None = None) -> QWidget:
    """What is known, or why it is not."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    if value.missing is not None:
        column.addWidget(marked("error", "bad", said.why_missing(value)))
        if value.rows:
            column.addWidget(label(_("Known so far:"), "muted"))
    else:
        shown = number(said.full(value), size=1.1, strong=True)
        shown.setWordWrap(True)
        shown.setAccessibleName(named(said.point_name(value.point), said.full(value)))
        column.addWidget(shown)
        if value.expired:
            column.addWidget(marked("warning", "warning", said.why_missing(value)))
    if value.rows:
        column.addWidget(_first_rows(value, words))
        more = _("Show the whole table…")
        column.addWidget(link(more, lambda: TableDialog(value, words, settings, over or made).open()))
    return made


def _first_rows(value: PointValue, words: Words) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 2, 0, 2)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    columns = said.columns_for(value)[:COLUMNS]
    for place, one in enumerate(columns):
        title = label(said.titled(one), "muted", size=0.92, wrap=True)
        grid.addWidget(on_top(title, right=one.number), 0, place)
        grid.setColumnStretch(place, 1)
    for line, cells in enumerate(value.rows[:ROWS], 1):
        for place, (one, text) in enumerate(zip(columns, cells, strict=False)):
            cell = label(said.cell(value, one, text, words), size=0.95, wrap=not one.number)
            grid.addWidget(on_top(cell, right=one.number), line, place)
    if len(value.rows) > ROWS:
        rest = label(_("and {count} more", count=len(value.rows) - ROWS), "muted", size=0.92)
        grid.addWidget(rest, ROWS + 1, 0, 1, max(1, len(columns)))
    return made


class TableDialog(QDialog):
    """The whole table of a value, to sort, filter and copy."""

    def __init__(self, value: PointValue, words: Words, settings: Settings, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(said.point_name(value.point))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = said.columns_for(value)
        self.table: Table[tuple[int, tuple[str, ...]]] = Table(
            f"point_{value.point}", [_column(place, value, words) for place in range(len(columns))], settings,
            name=said.point_name(value.point), editable=False, identity=lambda row: row[0],
        )  # fmt: skip
        self.table.set_rows(list(enumerate(value.rows)))
        close = button(_("Close"), self.accept, role="primary")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(said.point_name(value.point)))
        column.addWidget(self.table, 1)
        column.addLayout(row)
        as_large(self, 110, 60)


def _column(place: int, value: PointValue, words: Words) -> Column[tuple[int, tuple[str, ...]]]:
    one = said.columns_for(value)[place]

    def raw(row: tuple[int, tuple[str, ...]]) -> str:
        return row[1][place] if place < len(row[1]) else ""

    return Column(
        one.key, say(one.name), lambda row: said.cell(value, one, raw(row), words), said.unit_words(one.unit),
        "right" if one.number else "left", (lambda row: said.sortable(raw(row))) if one.number else None,
        raw if one.number else None, width=14 if one.number else 24, stretch=not place,
    )  # fmt: skip


# ---------------------------------------------------------------------- proofs, last year


def proof_part(value: PointValue, names: Mapping[str, str], go: Callable[[str], object] | None, prefix: str = ""
               ) -> QWidget:  # fmt: skip
    """Whether it is proven, by which files, and until when; ``go`` opens a file where it is kept here."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    if not value.known:
        pass
    elif is_proven(value):
        column.addWidget(marked("evidence", "muted", _("With proof")))
    elif value.unproven:
        column.addWidget(marked("warning", "warning", _("Records without a kept document: {count}",
                                                        count=value.unproven)))  # fmt: skip
    elif value.covered is None:
        column.addWidget(marked("warning", "warning", _("Without proof")))
    for key in value.evidence[:PROOFS]:
        name = names.get(f"{prefix} {key}" if prefix else key, key)
        if go is None:
            column.addWidget(label(name, wrap=True))
        else:
            column.addWidget(link(name, lambda key=key: go(key)))  # type: ignore[misc]
    if len(value.evidence) > PROOFS:
        column.addWidget(label(_("and {count} more", count=len(value.evidence) - PROOFS), "muted", size=0.92))
    if value.valid_to and value.missing is None:
        column.addWidget(label(_("Holds until {day}", day=said.day(value.valid_to)), "muted", wrap=True))
    return made


def before_words(
    value: PointValue, before: Mapping[str, PointValue] | None, year: int, question: Question | None = None
) -> str:
    """What it was in the year before, and by how much it moved; nothing where that is not known."""
    old = None if before is None else before.get(value.point)
    if old is None or old.missing is not None:
        return ""
    old = old if question is None else as_asked(question, old)
    told = _("{year}: {value}", year=str(year), value=said.full(old))
    if value.missing is not None:
        return told
    difference, percent = differing(old, value)
    if difference is None or percent is None:
        return told
    return f"{told} ({signed(difference)}, {signed(percent, 1)} %)"
