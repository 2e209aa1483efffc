"""Certificates that more than one report uses: who names them, and the file that tells the plants."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.group.year.repeats import Repeat, doubly_certified
from core.i18n import show_number
from core.methods import plain
from gui.group.once import energy, repeat_marks
from gui.language import _, say
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import allow, button, empty_state, label
from gui.wording import listed

CERTIFICATE = "certificate"


class DoubleUse(QWidget):
    """One row for each range of serial numbers."""

    report_wanted = Signal(str)
    """SHA-256 of a report."""
    send_wanted = Signal()
    chosen = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.said = label("", "muted", wrap=True)
        self.table: Table[Repeat] = Table("ways_double", columns(), settings, name=_("Certificates used twice"),
                                          identity=lambda one: one.value, marks=repeat_marks)  # fmt: skip
        choose_whole_rows(self.table)
        self.show_report = button(_("Show a report"), self._open,
                                  tip=_("The first report that names it; or double-click the row"))  # fmt: skip
        tip = _("A signed file: each plant sees at once when it enters a certificate that is used")
        words = _("Send certificates in use to plants…")
        self.send = button(words, self.send_wanted.emit, picture="sign", tip=tip)
        for one in (self.show_report, self.send):
            self.table.add_tool(one)
        self.table.current.connect(lambda _row: self._moved())
        self.table.view.doubleClicked.connect(lambda _index: self._open())
        self.table.set_empty(empty_state(
            "check", _("No certificate is used twice"),
            _("Serial numbers of all reports are held against each other, of all years and plants."),
        ))  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        self._moved()

    def show_found(self, repeats: Sequence[Repeat], locked: str) -> None:
        """Another state of the reports; ``locked`` says why nothing can be sent."""
        held = tuple(one for one in repeats if one.kind == CERTIFICATE)
        self.table.set_rows(held)
        self.said.setText(
            _("Certificates of {mwh} MWh are used more than once. Nothing is taken away by itself: the plants restate.",
              mwh=show_number(doubly_certified(held)))
            if held
            else _("One certificate is one megawatt-hour, of one plant, once.")
        )  # fmt: skip
        allow(self.send, locked)

    def _moved(self) -> None:
        allow(self.show_report, "" if self.table.current_record() is not None else _("Select a row first."))
        self.chosen.emit()

    def _open(self) -> None:
        row = self.table.current_record()
        if row is not None and row.holders:
            self.report_wanted.emit(row.holders[0].filed.sha256)


def columns() -> list[Column[Repeat]]:
    """Which numbers, how many, and who names them."""
    return [
        Column("value", _("Serial numbers"), lambda one: one.value, width=28),
        Column("count", _("Certificates"), lambda one: show_number(Decimal(one.count)), "MWh", "right",
               lambda one: one.count, lambda one: str(one.count), width=11),
        Column("plants", _("Plants"), lambda one: listed(one.plants), width=24),
        Column("years", _("Years"), lambda one: listed(map(str, one.years)), width=10),
        Column("energy", _("Covers"), lambda one: "–" if one.energy is None else show_number(one.energy), "kWh",
               "right", energy, lambda one: "" if one.energy is None else plain(one.energy), width=13, hidden=True),
        Column("why", _("What is wrong"), lambda one: say(one.sentence()), width=30, stretch=True),
    ]  # fmt: skip
