"""How far each plant of a group has answered the checklist, from its report."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.disclosures.readiness import Count
from gui.checklist.inspector import plant_words
from gui.checklist.state import Checks, PlantChecks, plants_of
from gui.disclosures.words import counted
from gui.language import _, say
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import allow, button, empty_state, label, rule, subheading
from gui.wording import named


class PlantsView(QWidget):
    """A row for each plant: answered and proven stand apart, and nothing is a score."""

    chosen = Signal()
    report_wanted = Signal(str)
    """SHA-256 of a report."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.table: Table[PlantChecks] = Table(
            "checklist_plants", columns(), settings, name=_("Checklist by plant"), editable=False, marks=marks
        )
        choose_whole_rows(self.table)
        self.go = button(_("Show the report"), self._open, tip=_("Enter; or double-click the row"))
        self.table.add_tool(self.go)
        self.table.current.connect(lambda _row: self._moved())
        self.table.view.doubleClicked.connect(lambda _index: self._open())
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self.table.view, self._open, context=Qt.ShortcutContext.WidgetShortcut)
        self.table.set_empty(empty_state(
            "plant", _("No plants yet"),
            _("Here stands how much of the checklist each plant has answered and proven, as soon as its report is "
              "accepted in the inbox."),
        ))  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.table, 1)

    def show_checks(self, checks: Checks) -> None:
        """Every plant that counts in the year."""
        self.table.set_rows(plants_of(checks.found))
        self._moved()

    def _moved(self) -> None:
        row = self.table.current_record()
        none = _("Select a row first.") if row is None else "" if row.report is not None else _("It has not reported.")
        allow(self.go, none)
        self.chosen.emit()

    def _open(self) -> None:
        row = self.table.current_record()
        if row is not None and row.report is not None:
            self.report_wanted.emit(row.report.sha256)

    def inspect(self) -> QWidget | None:
        """What the plant answered, question by question."""
        row = self.table.current_record()
        return None if row is None else about(row)


def about(row: PlantChecks) -> QWidget:
    """Every question with the plant's answer."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label(row.name, size=1.15, strong=True, wrap=True))
    if row.report is None:
        column.addWidget(label(_("It has not reported."), "muted"))
        return made
    for area in row.areas:
        column.addWidget(rule())
        column.addWidget(subheading(say(area.title)))
        told = (_("Answered {count}", count=counted(area.answered)), _("Proven {count}", count=counted(area.proven)))
        column.addWidget(label(" · ".join(told), "muted", wrap=True))
        for one in area.questions:
            question = named(one.question.code, say(one.question.point.name))
            column.addWidget(label(question, "muted", size=0.92, wrap=True))
            column.addWidget(label(plant_words(one.value), wrap=True))
    return made


def columns() -> list[Column[PlantChecks]]:
    """Both counts, what is wanting, what has run out."""

    def count(key: str, title: str, held: Callable[[PlantChecks], Count]) -> Column[PlantChecks]:
        return Column(key, title, lambda row: counted(held(row)) if row.report is not None else "", "", "right",
                      lambda row: held(row).n if row.report is not None else -1, width=12)  # fmt: skip

    def number(key: str, title: str, held: Callable[[PlantChecks], int]) -> Column[PlantChecks]:
        return Column(key, title, lambda row: str(held(row)) if row.report is not None else "", "", "right",
                      lambda row: held(row) if row.report is not None else -1, width=10)  # fmt: skip

    return [
        Column("name", _("Plant"), lambda row: row.name, width=24, stretch=True),
        count("answered", _("Answered"), lambda row: row.whole.answered),
        count("proven", _("With proof"), lambda row: row.whole.proven),
        number("yes", _("Yes"), lambda row: row.yes),
        number("wanting", _("No, or partly"), lambda row: row.wanting),
        number("expired", _("Expired"), lambda row: row.expired),
        Column("report", _("Report"), report_words, width=28),
    ]  # fmt: skip


def report_words(row: PlantChecks) -> str:
    """Name of the report, or that there is none."""
    return row.report.name if row.report is not None else _("not reported")


def marks(row: PlantChecks) -> dict[str, Mark]:
    """Who has not reported, and what has to be looked at."""
    if row.report is None:
        return {"report": Mark("bad", _("It has not reported."))}
    found: dict[str, Mark] = {}
    if row.wanting:
        found["wanting"] = Mark("warning", _("Answers of no, or partly: {count}", count=row.wanting))
    if row.expired:
        found["expired"] = Mark("warning", _("Answers that have run out: {count}", count=row.expired))
    return found
