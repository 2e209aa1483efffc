"""Compare: years, policies, warming potentials, and a closed year with itself today; closing and restating a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from core.checks import forbidding
from core.errors import UserError
from core.inventory import Inventory
from core.inventory.closing import Candidate
from core.inventory.side_by_side import Row
from core.inventory.views import Years, years
from gui.chart import Chart
from gui.commands import Command
from gui.compare.choosing import Choosing, combo_of
from gui.compare.closing import CloseDialog, RestateDialog, State, cleared, may_seal, numbers
from gui.compare.comparing import (
    MODES,
    VIEWS,
    CauseRow,
    Comparison,
    Question,
    chart_of,
    with_base,
    work_of,
)
from gui.compare.tables import cause_columns, explained_row, line_columns
from gui.compare.years_board import YearsBoard
from gui.language import _, language
from gui.latest import Latest
from gui.notices import Notice
from gui.page import CloseYear, FramedPage
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.widgets import button, card, empty_state, heading, label, subheading, with_air

ACTIVITY = "activity"
LINES = 2
"""Place of the tab with both calculations line by line."""
ROWS_SEEN = 9
"""Of the tables, before they scroll."""


@dataclass(frozen=True, slots=True)
class Background:
    """What does not depend on the question: the years, and what waits for a restatement."""

    years: Years
    waits: Candidate | None


class ComparePage(FramedPage):
    """Question, waterfall, tables, years."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._found: Comparison | None = None
        self._waits: Candidate | None = None
        self._asked: tuple[Question, Inventory] | None = None
        self._looked: Inventory | None = None
        """The inventory for which the years and what waits were looked up; each edit makes another one."""
        self.latest, self.background = Latest(self), Latest(self)
        self.latest.answered.connect(self._answered)
        self.background.answered.connect(self._looked_up)
        for one in (self.latest, self.background):
            one.broken.connect(lambda why: self.tell("bad", why))
            one.busy_changed.connect(lambda _busy: self._show_busy())
        self._title, self._busy = heading(_("Compare")), label("", "muted")
        self.state = State(session, self.close_or_restate, self._show_closed)
        self.choosing = Choosing(session)
        self.choosing.chosen.connect(self._chosen)
        self.view = combo_of(_("Which emissions"), {key: title for key, (title, _scopes) in VIEWS.items()})
        self.view.activated.connect(lambda _row: self._show())
        self.chart = Chart(_("What makes the difference"))
        self._numbers = QVBoxLayout()
        self.sources: Table[CauseRow] = Table(
            "compare_sources", cause_columns(_("Source")), settings, name=_("Difference by source"),
            identity=lambda row: row.id,
        )  # fmt: skip
        self.scopes: Table[CauseRow] = Table(
            "compare_scopes", cause_columns(_("Scope")), settings, name=_("Difference by scope"),
            identity=lambda row: row.id,
        )  # fmt: skip
        self.lines: Table[Row] = Table(
            "compare_lines", line_columns(lambda: session.library), settings, name=_("Line by line"),
            identity=lambda row: row.line,
        )  # fmt: skip
        self.only = QCheckBox(_("Only what differs"))
        self.only.setChecked(True)
        self.only.toggled.connect(lambda _on: self._show_lines())
        self.tabs = QTabWidget()
        self.board = YearsBoard(session, self.attempt)
        self._lay_out()

    # ------------------------------------------------------------------ build

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.state)
        asking = QHBoxLayout()
        asking.addWidget(self.choosing)
        asking.addStretch(1)
        asking.addWidget(self.view)
        self.body.addLayout(asking)
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.setColumnStretch(0, 13)
        grid.setColumnStretch(1, 7)
        drawn, inside = card()
        inside.addWidget(self.chart, 1)
        drawn.setMinimumHeight(self.fontMetrics().height() * 18)
        grid.addWidget(drawn, 0, 0)
        exact, inside = card()
        inside.addWidget(subheading(_("In numbers")))
        inside.addLayout(self._numbers)
        inside.addStretch(1)
        grid.addWidget(exact, 0, 1)
        self.body.addLayout(grid)
        self._fill_tabs()
        self.body.addWidget(self.tabs, 1)
        board, inside = card()
        inside.addWidget(self.board)
        self.body.addWidget(board)

    def _fill_tabs(self) -> None:
        self.tabs.setAccessibleName(_("Details"))
        self.lines.add_tool(self.only)
        tables: list[tuple[str, Table[Any], Callable[[Any], str] | None]] = [
            (_("By source"), self.sources, lambda row: row.record),
            (_("By scope"), self.scopes, None),
            (_("Line by line"), self.lines, lambda row: row.record.id),
        ]
        for title, table, record in tables:
            if record is not None:
                self._lead_on(title, table, record)
            table.current.connect(lambda _row: self.selected.emit())
            table.show_at_least(ROWS_SEEN)
            self.tabs.addTab(with_air(table), title)
        self.tabs.currentChanged.connect(lambda _tab: self.selected.emit())

    def _lead_on(self, title: str, table: Table[Any], record: Callable[[Any], str]) -> None:
        """From a row to the record behind it."""

        def act() -> None:
            row = table.current_record()
            if row is not None and record(row):
                self.wanted.emit(ACTIVITY, record(row))

        go = button(_("Show the record"), act, tip=_("Or double-click the row"))
        go.setAccessibleName(_("Show the record of the selected row of {table}", table=title))
        go.setEnabled(False)
        table.add_tool(go)
        table.current.connect(lambda row: go.setEnabled(row is not None))
        table.view.doubleClicked.connect(lambda _index: act())

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer comes."""
        if not self._session.ledger.activities:
            self.show_empty(self._nothing_yet())
            return
        self.show_body()
        self.state.show_state(self._waits if self._is_current() else None)
        self.board.refresh()
        self.choosing.offer()
        self._show_tabs()
        self._look()
        self._ask()

    def _nothing_yet(self) -> QWidget:
        return empty_state(
            "compare",
            _("Nothing to compare yet"),
            _(
                "Here stands what makes the difference between two years, two choices of factors or two sets of "
                "warming potentials, and here a year is closed. It follows from the activity data."
            ),
            button(_("Enter activity data"), lambda: self.wanted.emit(ACTIVITY, None), role="primary"),
        )

    def show_subject(self, subject: object) -> None:
        """Close or restate the year shown; or a mode."""
        if isinstance(subject, CloseYear):
            self.close_or_restate()
        elif subject in MODES and self.choosing.possible(str(subject)):
            self.choosing.choose(str(subject))

    def commands(self) -> list[Command]:
        return [
            Command(_("Compare: {what}", what=title), lambda key=key: self.show_subject(key), icon="compare",  # type: ignore[misc]
                    enabled=lambda key=key: self.choosing.possible(key))  # type: ignore[misc]
            for key, title in MODES.items()
        ]  # fmt: skip

    def inspect(self) -> QWidget | None:
        """Both factors of the selected line."""
        row = self.lines.current_record()
        if self.tabs.currentIndex() != LINES or row is None or self._found is None:
            return None
        return explained_row(row, self._found.question, self._session.library)

    # ------------------------------------------------------------------ ask

    def _show_closed(self) -> None:
        self.show_subject("closed")

    def _chosen(self) -> None:
        self._show_tabs()
        self._ask()

    def _show_tabs(self) -> None:
        """Years have no common lines."""
        self.tabs.setTabVisible(LINES, self.choosing.question.mode != "years")

    def _ask(self) -> None:
        question, inventory = self.choosing.question, self._session.inventory
        if self._asked is not None and self._asked[0] == question and self._asked[1] is inventory:
            return
        if (work := self.attempt(lambda: work_of(question, self._session))) is not None:
            self._asked = (question, inventory)
            self.latest.ask(work)

    def _is_current(self) -> bool:
        return self._looked is self._session.inventory

    def _look(self) -> None:
        """What waits, and all years."""
        if self._is_current():
            return
        session = self._session
        self._looked = session.inventory
        self._waits = None
        ledger, library, wanted = session.ledger, session.library, session.years()
        waits, base = session.to_candidate(), session.audit.base_year
        asked = {*wanted, *({int(base)} if base.isdecimal() else ())}
        known = self.attempt(lambda: {year: session.to_inventory_of(year) for year in asked})
        if known is not None:
            of = known
            self.background.ask(
                lambda: Background(with_base(years(ledger, library, asked, lambda year: of[year]()), base), waits())
            )

    def _looked_up(self, found: Background) -> None:
        self._waits = found.waits
        self.state.show_state(found.waits)
        self.board.show_years(found.years)

    def _answered(self, found: Comparison) -> None:
        self._found, self.choosing.answered = found, found.question
        self._show()
        self.selected.emit()

    def _show_busy(self) -> None:
        self._busy.setText(_("Calculating…") if self.latest.busy or self.background.busy else "")

    # ------------------------------------------------------------------ show

    def _show(self) -> None:
        if self._found is None:
            return
        view = str(self.view.currentData())
        self.chart.show_data(chart_of(self._found, view))
        cleared(self._numbers, numbers(self._found.views[view].whole, self._found.question.titles()))
        self.sources.set_rows(self._found.views[view].sources)
        self.scopes.set_rows(self._found.scopes)
        self._show_lines()

    def _show_lines(self) -> None:
        if self._found is None:
            return
        scopes = VIEWS[str(self.view.currentData())][1]
        rows = self._found.differing if self.only.isChecked() else self._found.rows
        self.lines.set_rows([row for row in rows if row.scope in scopes or not row.scope])

    # ------------------------------------------------------------------ act

    def close_or_restate(self) -> None:
        """Ask for the reason, and do it."""
        session = self._session
        try:
            may_seal(session)
        except UserError as error:
            show = (_("Show the findings"), lambda: self.wanted.emit("findings", None))
            self.told.emit(Notice("bad", error.text(language()), show if forbidding(session.findings) else None))
            return
        if session.closing is None:
            dialog: CloseDialog | RestateDialog = CloseDialog(session, self)
            done = _("{year} is closed.", year=str(session.year))
        else:
            known = self._is_current() and not self.background.busy
            waits = self._waits if known else self.attempt(lambda: session.candidate)
            if waits is None:
                self.tell("info", _("Nothing differs from {year} as it was closed.", year=str(session.year)))
                return
            dialog = RestateDialog(session, waits, self)
            done = _("{year} is restated.", year=str(session.year))
        dialog.accepted.connect(lambda: self.tell("good", done))
        dialog.exec()
        dialog.deleteLater()
