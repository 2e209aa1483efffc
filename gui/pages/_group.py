"""Group: what all plants emitted in a year, from the recalculated totals of the accepted reports."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.i18n import T, Text
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.commands import Command
from gui.language import _, say
from gui.page import Page
from gui.settings import Settings
from gui.table import Column, Mark, Table
from gui.theme import tokens
from gui.widgets import button, card, clear, empty_state, heading, label, marked, number, scrolled
from gui.wording import SCOPES, TONNES, region_name, tonnes

if TYPE_CHECKING:
    from core.group import PlantYear, Summary
    from gui.office import Office

ZERO = Decimal(0)
REPORTED = ("scope1", "scope2_location", "scope2_market", "scope3")
VIEWS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "location": (T("Chart with scope 2 location-based"), ("scope1", "scope2_location", "scope3")),
    "market": (T("Chart with scope 2 market-based"), ("scope1", "scope2_market", "scope3")),
}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run by spreadsheet programs; names come from other people's files."""


class GroupPage(Page):
    """Totals, bars by plant, and the plants with who signed."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__()
        self._office = office
        self._summary: Summary | None = None
        self._title = heading("")
        self._key_figures = QHBoxLayout()
        self._key_figures.setSpacing(12)
        self._missing = QVBoxLayout()
        self.view = QComboBox()
        self.view.setAccessibleName(_("Scope 2 in the chart"))
        for key, (title, _scopes) in VIEWS.items():
            self.view.addItem(say(title), key)
        self.view.activated.connect(lambda _row: self._draw())
        self.chart = Chart(_("Emissions by plant"))
        self.table: Table[PlantYear] = Table(
            "group", columns(), settings, name=_("Plants"), identity=lambda p: p.filed.sha256, marks=marks
        )
        self.table.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.export = button(_("Export CSV…"), self.ask_export, picture="export")
        self.table.add_tool(self.export)
        self.table.view.doubleClicked.connect(lambda _index: self._open())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._full())
        self._empty = QVBoxLayout()
        nothing = QWidget()
        nothing.setLayout(self._empty)
        self._stack.addWidget(nothing)

    def _full(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.view)
        column.addLayout(head)
        column.addLayout(self._key_figures)
        column.addLayout(self._missing)
        frame, inside = card()
        inside.addWidget(self.chart)
        column.addWidget(frame)
        self.table.view.setMinimumHeight(self.table.view.verticalHeader().defaultSectionSize() * 7)
        column.addWidget(self.table, 1)
        return scrolled(content)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        found = self._summary = self._office.summary
        if not found.plants:
            self._show_empty()
            return
        self._stack.setCurrentIndex(0)
        self._title.setText(_("Group {year}", year=str(found.year)))
        self._show_key_figures(found)
        self._show_missing(found)
        self.table.set_rows(found.plants)
        self._draw()

    def commands(self) -> list[Command]:
        return [
            Command(
                _("Export CSV…"), self.ask_export, icon="export", enabled=lambda: bool(self._office.summary.plants)
            ),
            Command(_("Go to the inbox"), lambda: self.wanted.emit("inbox", None), icon="inbox"),
        ]

    def _show_empty(self) -> None:
        clear(self._empty)
        self._empty.addWidget(
            empty_state(
                "group",
                _("No accepted reports for {year}", year=str(self._office.year)),
                _("Here the plants of the group are added up, once their signed reports are accepted in the inbox."),
                button(_("Go to the inbox"), lambda: self.wanted.emit("inbox", None), role="primary", picture="inbox"),
            )
        )
        self._stack.setCurrentIndex(1)

    def _open(self) -> None:
        plant = self.table.current_record()
        if plant is not None:
            self.wanted.emit("inbox", plant.filed.sha256)

    # ------------------------------------------------------------------ parts

    def _show_key_figures(self, found: Summary) -> None:
        clear(self._key_figures)
        for view, (_title, scopes) in VIEWS.items():
            total = sum((found.totals[scope] for scope in scopes), ZERO)
            words = _("Total, location-based") if view == "location" else _("Total, market-based")
            parts = [(say(SCOPES[s]), tonnes(found.totals[s])) for s in scopes]
            self._key_figures.addWidget(total_card(words, tonnes(total), parts), 3)
        memo = total_card(_("Avoided (memo)"), tonnes(found.totals["avoided"]), [], _("Never changes a total."))
        self._key_figures.addWidget(memo, 2)

    def _show_missing(self, found: Summary) -> None:
        """Plants that reported another year and not this one."""
        clear(self._missing)
        late = missing(self._office, found)
        if late:
            words = _("No accepted report for {year} yet: {plants}", year=str(found.year), plants=", ".join(late))
            self._missing.addWidget(marked("warning", "warning", words))

    def _draw(self) -> None:
        if self._summary is not None and self._summary.plants:
            data = bars(self._summary, str(self.view.currentData()))
            self.chart.setFixedHeight(self.fontMetrics().height() * max(15, min(34, 8 + 3 * len(data.categories))))
            self.chart.show_data(data)

    # ------------------------------------------------------------------ out

    def ask_export(self) -> None:
        """Ask for a file and write the plants with all digits."""
        found = self._office.summary
        name = str(self._office.path.with_name(f"{self._office.path.stem}-{found.year}.csv"))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export CSV"), name, _("CSV files (*.csv)"))
        if chosen:
            self.write_csv(Path(chosen))

    def write_csv(self, path: Path) -> None:
        """Write the plants of the year."""
        from core.handover import write_safely

        def act() -> bool:
            write_safely(path, ("\ufeff" + to_csv(self._office.summary)).encode())
            return True

        if self.attempt(act):
            self.tell("good", _("Written: {file}", file=path.name))


def columns() -> list[Column[PlantYear]]:
    """Of the table of plants."""

    def amount(scope: str, title: str) -> Column[PlantYear]:
        def value(plant: PlantYear) -> Decimal:
            return plant.totals.get(scope, ZERO)

        return Column(
            scope, title, lambda p: tonnes(value(p)), TONNES, "right", value, lambda p: f"{value(p):f}", width=12
        )

    return [
        Column("plant", _("Plant"), lambda p: p.filed.plant, width=26, stretch=True),
        Column("country", _("Country"), lambda p: region_name(p.filed.country), width=8),
        Column("equal", _("Recalculated"), recalculated, width=12),
        Column("signer", _("Signed by"), lambda p: ", ".join(p.filed.signed_by), width=16),
        amount("scope1", say(SCOPES["scope1"])),
        amount("scope2_location", say(SCOPES["scope2_location"])),
        amount("scope2_market", say(SCOPES["scope2_market"])),
        amount("scope3", say(SCOPES["scope3"])),
        amount("avoided", _("Avoided (memo)")),
        Column("signed", _("Signed at"), lambda p: p.filed.signed_at[:10], width=11),
        Column("revision", _("Revision"), lambda p: str(p.filed.revision), align="right", width=8),
    ]


def recalculated(plant: PlantYear) -> str:
    """Whether head office came to the same result."""
    return _("Equal") if plant.filed.recalculated_equal else _("Differs")


def marks(plant: PlantYear) -> dict[str, Mark]:
    """An icon where a recalculation differs."""
    return {} if plant.filed.recalculated_equal else {"equal": Mark("bad", _("The recalculation differs."))}


def total_card(title: str, text: str, parts: list[tuple[str, str]], note: str = "") -> QFrame:
    """One total and what it is made of."""
    frame, inside = card()
    frame.setAccessibleName(f"{title}: {text} {TONNES}")
    inside.setSpacing(3)
    inside.addWidget(label(title, "muted", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(5)
    row.addWidget(number(text, size=1.8, strong=True), 0, Qt.AlignmentFlag.AlignBaseline)
    row.addWidget(label(TONNES, "muted"), 0, Qt.AlignmentFlag.AlignBaseline)
    row.addStretch(1)
    inside.addLayout(row)
    for name, value in parts:
        line = QHBoxLayout()
        line.addWidget(label(name, "muted", size=0.95, wrap=True), 1)
        line.addWidget(number(value, size=0.95), 0, Qt.AlignmentFlag.AlignRight)
        inside.addLayout(line)
    if note:
        inside.addWidget(label(note, "muted", size=0.95, wrap=True))
    inside.addStretch(1)
    return frame


def bars(found: Summary, view: str) -> BarData:
    """Lying bars, the largest plant on top, one colour for each scope."""
    scopes = VIEWS[view][1]
    plants = sorted(found.plants, key=lambda p: -sum((p.totals.get(s, ZERO) for s in scopes), ZERO))
    series = tuple(
        Series(say(SCOPES[scope]), tuple(p.totals.get(scope, ZERO) for p in plants), tokens().series[place])
        for place, scope in enumerate(scopes)
        if found.totals[scope]
    )
    names = tuple(p.filed.plant for p in plants)
    return BarData(_("Emissions by plant"), names, series, TONNES, _("Emissions"), lying=True)


def missing(office: Office, found: Summary) -> list[str]:
    """Plants with accepted reports of other years only."""
    here = {(p.filed.plant, p.filed.country) for p in found.plants}
    known = {(f.plant, f.country) for f in office.filed if f.state == "accepted"}
    return sorted(name for name, _country in known - here)


def to_csv(found: Summary) -> str:
    """Every plant with all digits, and the group as the last row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    amounts = (*REPORTED, "avoided")
    heads = [_("Plant"), _("Country"), _("Year"), _("Revision")]
    heads += [f"{say(SCOPES[scope])} ({TONNES})" for scope in amounts]
    heads += [_("Signed by"), _("Signed at"), _("Recalculated equal"), _("Rebuilt")]
    writer.writerow(heads)
    for plant in found.plants:
        filed = plant.filed
        cells = [filed.plant, filed.country, str(filed.year), str(filed.revision)]
        cells += [f"{plant.totals.get(scope, ZERO):f}" for scope in amounts]
        cells += [", ".join(filed.signed_by), filed.signed_at]
        cells += [_("Yes") if filed.recalculated_equal else _("No"), filed.rebuilt]
        writer.writerow([safe(cell) for cell in cells])
    writer.writerow([_("Group"), "", str(found.year), "", *(f"{found.totals[s]:f}" for s in amounts), "", "", "", ""])
    return out.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet program runs; negative numbers stay numbers."""
    if not cell.startswith(DANGEROUS):
        return cell
    try:
        Decimal(cell)
    except ArithmeticError:
        return f"'{cell}"
    return cell
