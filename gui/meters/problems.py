"""What was noticed in the values of a meter: each place with what to do, one step away from its place in the load."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from core.series.problems import CHECKS, Problem
from gui.language import _, say
from gui.meters.words import when
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.widgets import button, empty_state
from gui.wording import SEVERITIES

GAPS = "gaps"


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem in the list."""

    id: str
    problem: Problem
    zone: ZoneInfo


class ProblemsView(QWidget):
    """The list, and what can be done about its current row."""

    asked = Signal(object)
    """The Problem whose place is to be shown."""
    estimate_wanted = Signal(object)
    """The Problem, a gap, that is to be filled by an estimate."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._writable = False
        self.every = QCheckBox(_("All years"))
        self.every.setAccessibleName(_("Show the problems of all years"))
        self.table: Table[ProblemRow] = Table(
            "meter_problems", columns(), settings, name=_("Problems"), editable=False, marks=marks
        )
        self.table.view.wrap_rows()
        self.table.view.setSelectionBehavior(self.table.view.SelectionBehavior.SelectRows)
        self.table.view.doubleClicked.connect(lambda _index: self._ask())
        self.table.current.connect(lambda _row: self._stood_on())
        self.go = button(_("Show the place"), self._ask, tip=_("Or double-click the row"))
        self.estimate = button(_("Estimate…"), self._want_estimate)
        for one in (self.every, self.estimate, self.go):
            self.table.add_tool(one)
        self._fine, self._looking = _fine(), _looking()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        for widget in (self.table, self._fine, self._looking):
            column.addWidget(widget, 1)
        self._stood_on()

    def show_problems(self, known: tuple[Problem, ...] | None, zone: ZoneInfo, *, writable: bool) -> None:
        """Show these; None: nobody has looked yet."""
        self._writable = writable
        self._looking.setVisible(known is None)
        self._fine.setVisible(known == () and not self.every.isChecked())
        self.table.setVisible(known is not None and (bool(known) or self.every.isChecked()))
        shown = known or ()
        self.table.set_rows([ProblemRow(f"{one.check} {one.start} {n}", one, zone) for n, one in enumerate(shown)])
        if shown and self.table.current_record() is None:
            self.table.view.selectRow(0)
        self._stood_on()

    @property
    def current(self) -> Problem | None:
        """The problem the person stands on."""
        row = self.table.current_record()
        return None if row is None else row.problem

    def _stood_on(self) -> None:
        current = self.current
        self.go.setEnabled(current is not None)
        self.estimate.setEnabled(self._writable and current is not None and current.check == GAPS)

    def _ask(self) -> None:
        if self.current is not None:
            self.asked.emit(self.current)

    def _want_estimate(self) -> None:
        if self.current is not None:
            self.estimate_wanted.emit(self.current)


def columns() -> list[Column[ProblemRow]]:
    """What, where, how much, and what to do."""
    return [
        Column("check", _("What was checked"), lambda row: say(CHECKS[row.problem.check]), width=20),
        Column("message", _("What was found"), lambda row: say(row.problem.message), width=36, stretch=True),
        Column("remedy", _("What to do"), lambda row: say(row.problem.remedy), width=30),
        Column("start", _("From"), lambda row: when(row.problem.start, row.zone), sort=lambda row: row.problem.start,
               width=17, hidden=True),
        Column("end", _("To"), lambda row: when(row.problem.end, row.zone), sort=lambda row: row.problem.end, width=17,
               hidden=True),
        Column("count", _("Intervals"), lambda row: f"{row.problem.count:,}", "", "right",
               lambda row: row.problem.count, width=10, hidden=True),
    ]  # fmt: skip


def marks(row: ProblemRow) -> dict[str, Mark]:
    """How grave it is, as a sign before the name of the check."""
    level, word = SEVERITIES[row.problem.severity]
    return {"check": Mark("warning" if level == "warning" else "info", say(word))}


def _fine() -> QWidget:
    return empty_state(
        "check", _("Nothing was noticed"),
        _("Gaps, limits, stuck values, signs, sums of the meters below, nights and the calibration were looked at."),
    )  # fmt: skip


def _looking() -> QWidget:
    made = QWidget()
    inside = QHBoxLayout(made)
    inside.addWidget(empty_state("search", _("Looking at the values…"), ""))
    return made
