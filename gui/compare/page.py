"""Compare: years, policies, warming potentials, and a closed year with itself today; closing and restating a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from core.checks import forbidding
from core.errors import UserError
from core.i18n import Localised
from core.inventory import Inventory
from core.inventory.closing import Candidate
from core.inventory.side_by_side import Row
from core.inventory.views import Years, years
from core.library import all_policies
from gui.chart import Chart
from gui.combo import Combo
from gui.commands import Command
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
from gui.language import _, language, say
from gui.latest import Latest
from gui.notices import Notice
from gui.page import CloseYear, FramedPage
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.widgets import button, card, empty_state, heading, label, subheading

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
        self.mode = _combo(_("What is compared"), MODES)
        self.left, self.right = _combo(_("Before"), {}), _combo(_("After"), {})
        self.view = _combo(_("Which emissions"), {key: title for key, (title, _scopes) in VIEWS.items()})
        self.mode.activated.connect(lambda _row: self._mode_chosen())
        self.left.activated.connect(lambda _row: self._side_chosen(self.left, self.right))
        self.right.activated.connect(lambda _row: self._side_chosen(self.right, self.left))
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
        self.body.addLayout(self._choosing())
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

    def _choosing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._arrow = label("→", "muted")
        for widget in (self.mode, self.left, self._arrow, self.right):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.view)
        return row

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
            lines = table.view.verticalHeader().defaultSectionSize() * ROWS_SEEN
            table.view.setMinimumHeight(lines + table.view.horizontalHeader().sizeHint().height() + 22)
            holder = QWidget()
            inside = QVBoxLayout(holder)
            inside.setContentsMargins(0, 10, 0, 0)
            inside.addWidget(table)
            self.tabs.addTab(holder, title)
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
        self._offer_modes()
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
        elif subject in MODES and self._possible(str(subject)):
            self.mode.setCurrentIndex(self.mode.findData(subject))
            self._mode_chosen()

    def commands(self) -> list[Command]:
        return [
            Command(_("Compare: {what}", what=title), lambda key=key: self.show_subject(key), icon="compare",  # type: ignore[misc]
                    enabled=lambda key=key: self._possible(key))  # type: ignore[misc]
            for key, title in MODES.items()
        ]  # fmt: skip

    def inspect(self) -> QWidget | None:
        """Both factors of the selected line."""
        row = self.lines.current_record()
        if self.tabs.currentIndex() != LINES or row is None or self._found is None:
            return None
        return explained_row(row, self._found.question, self._session.library)

    # ------------------------------------------------------------------ choose

    def _possible(self, mode: str) -> bool:
        if mode == "closed":
            return self._session.closed is not None
        return mode != "years" or len(self._session.years()) > 1

    def _offer_modes(self) -> None:
        model = self.mode.model()
        assert isinstance(model, QStandardItemModel)
        why = {"years": _("There is data of one year only."), "closed": _("The year is not closed.")}
        for place in range(self.mode.count()):
            key = str(self.mode.itemData(place))
            model.item(place).setEnabled(self._possible(key))
            tip = "" if self._possible(key) else why.get(key, "")
            self.mode.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        if not self._possible(str(self.mode.currentData())):
            self.mode.setCurrentIndex(self.mode.findData("policies"))
        self._offer_sides()

    def _mode_chosen(self) -> None:
        self._offer_sides()
        self._ask()

    def _offer_sides(self) -> None:
        """Fill both lists for the mode; what was chosen stays where it still can."""
        mode = str(self.mode.currentData())
        choices, first, second = self._sides(mode)
        kept = (self.left.currentData(), self.right.currentData())
        stay = self.left.property("mode") == (mode, self._session.year) and all(one in choices for one in kept)
        for box, chosen in ((self.left, kept[0] if stay else first), (self.right, kept[1] if stay else second)):
            box.clear()
            for key, words in choices.items():
                box.addItem(words, key)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.setVisible(mode != "closed")
        self.left.setProperty("mode", (mode, self._session.year))
        self._arrow.setVisible(mode != "closed")
        self.tabs.setTabVisible(LINES, mode != "years")

    def _sides(self, mode: str) -> tuple[dict[str, str], str, str]:
        """What can be chosen, and what is shown first: the base year or last year, another policy, another set."""
        session = self._session
        if mode == "years":
            base, now = session.audit.base_year, str(session.year)
            known = [str(year) for year in session.years()]
            names = {year: _("{year}, base year", year=year) if year == base else year for year in known}
            others = [year for year in known if year != now]
            last = str(session.year - 1)
            first = base if base in others else last if last in others else (others or [now])[0]
            older, newer = sorted((first, now))
            return names, older, newer
        choices = session.choices
        if mode == "policies":
            named = {policy.key: say(policy.name) for policy in all_policies()}
            mine = choices.policy
        elif mode == "gwp":
            named = {key: key for key in session.library.gwp}
            mine = choices.gwp_set
        else:
            return {}, "", ""
        return named, mine, next((key for key in named if key != mine), mine)

    def _side_chosen(self, changed: QComboBox, other: QComboBox) -> None:
        """Two equal sides would say nothing: the other one takes what this one was."""
        if changed.currentData() == other.currentData() and self._found is not None:
            question = self._found.question
            before = question.left if changed is self.left else question.right
            other.setCurrentIndex(max(0, other.findData(before)))
        self._ask()

    def _show_closed(self) -> None:
        self.show_subject("closed")

    @property
    def question(self) -> Question:
        """As the lists say."""
        mode = str(self.mode.currentData())
        if mode == "closed":
            return Question(mode)
        return Question(mode, str(self.left.currentData()), str(self.right.currentData()))

    # ------------------------------------------------------------------ ask

    def _ask(self) -> None:
        question, inventory = self.question, self._session.inventory
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
        self._found = found
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


def _combo(name: str, choices: Mapping[str, Localised]) -> QComboBox:
    made = Combo()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for key, title in choices.items():
        made.addItem(say(title), key)
    return made
