"""The abatement cost curve: what a tonne costs, action by action, and what to choose for a budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from core.actions import Bar, Curve, Selection
from core.actions.choosing import DECIDED
from core.actions.curve import View
from core.i18n import show_number
from gui.actions.answer import Answer
from gui.actions.words import NONE, money, status_title, tonnes_a_year
from gui.language import _, language, say
from gui.plots import Block, BlockData, BlockPlot, Look, Scale
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.theme import tokens
from gui.widgets import card, clear, label, letters, marked

GIVEN, CHOSEN, OPEN = "given", "chosen", "open"
"""Looks of bars: under way, chosen for the budget, not begun."""
TYPING_PAUSE_MS = 300
LINES = 12
"""Height of the plot."""
FARTHEST = 2100


@dataclass(frozen=True, slots=True)
class Row:
    """One action of the curve in the table, or one that is not on it."""

    id: str
    place: int
    """From left to right, from 1 on; 0: it is not on the curve."""
    name: str
    status: str
    tonnes: Decimal | None
    cost: Decimal | None
    npv: Decimal | None
    look: str
    reason: str
    """Why it is not on the curve."""


class CurveView(QWidget):
    """The plot, what is chosen of it, and all bars as rows."""

    action_chosen = Signal(str)
    """Id of an action that the person chose."""

    def __init__(self, settings: Settings, answer: Callable[[], Answer | None]) -> None:
        super().__init__()
        self._answer = answer
        self.curve: Curve | None = None
        """What is shown."""
        self.selection: Selection | None = None
        """For the budget; None without one."""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING_PAUSE_MS)
        self._wait.timeout.connect(self.refresh)
        self.view = combo(_("Which figure"), [(_("Location-based"), "location"), (_("Market-based"), "market")])
        self.view.activated.connect(lambda _row: self.refresh())
        self.year = QSpinBox()
        self.year.lineEdit().setTextMargins(6, 0, 0, 0)  # a stylesheet has no say inside it
        self.year.setAccessibleName(_("Year of the tonnes"))
        self.year.setRange(2000, FARTHEST)
        self.year.valueChanged.connect(lambda _year: self._wait.start())
        self.budget = QLineEdit()
        self.budget.setAccessibleName(_("Budget for investment"))
        self.budget.setPlaceholderText(_("no limit"))
        self.budget.setClearButtonEnabled(True)
        self.budget.setFixedWidth(letters(self, 20))
        self.budget.textChanged.connect(lambda _text: self._wait.start())
        self._begun = False
        self.plot = BlockPlot(_("Abatement cost curve"))
        self.plot.picked.connect(self._picked)
        self._said = QVBoxLayout()
        self._said.setSpacing(6)
        self.table: Table[Row] = Table("action_curve", self._columns(), settings, name=_("Actions of the curve"),
                                       editable=False, marks=_marks)  # fmt: skip
        self.table.view.setSelectionBehavior(self.table.view.SelectionBehavior.SelectRows)
        self.table.current.connect(self._stood_on)
        self._lay_out()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        self._currency = label("", "muted")
        for words, field in ((_("Figure"), self.view), (_("Year"), self.year), (_("Budget"), self.budget)):
            named: QLabel = label(words, "muted")
            named.setBuddy(field)
            tools.addWidget(named)
            tools.addWidget(field)
        tools.addWidget(self._currency)
        tools.addStretch(1)
        drawn, inside = card()
        self.plot.setMinimumHeight(self.fontMetrics().height() * LINES)
        inside.addWidget(self.plot, 1)
        told, sentences = card()
        sentences.addLayout(self._said)
        sentences.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(drawn, 5)
        middle.addWidget(told, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(tools)
        column.addLayout(middle, 3)
        column.addWidget(self.table, 2)

    def _columns(self) -> list[Column[Row]]:
        def amount(key: str, title: str, unit: str, show: Callable[[Decimal | None], str]) -> Column[Row]:
            def value(row: Row) -> Decimal | None:
                found: Decimal | None = getattr(row, key)
                return found

            return Column(key, title, lambda row: show(value(row)), unit, "right",
                          lambda row: Decimal("Infinity") if value(row) is None else value(row),
                          lambda row: "" if value(row) is None else f"{value(row):f}", width=11)  # fmt: skip

        return [
            Column("place", _("No."), lambda row: str(row.place or NONE), "", "right",
                   lambda row: row.place or 1_000_000, width=4),
            Column("name", _("Action"), lambda row: row.name, width=24, stretch=True),
            Column("status", _("Status"), lambda row: status_title(row.status), width=10),
            amount("tonnes", _("Reduction"), "t CO₂e/a", tonnes_a_year),
            amount("cost", _("Cost of a tonne"), "", money),
            amount("npv", _("Net present value"), "", money),
            Column("look", _("Budget"), lambda row: _looks()[row.look].title if row.place else "", width=22),
            Column("reason", _("Remark"), lambda row: row.reason, width=30),
        ]  # fmt: skip

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Work out the curve of what is asked for."""
        answer = self._answer()
        if answer is None:
            return
        situation = answer.situation
        if not self._begun:
            self._begun = True
            self.year.blockSignals(True)
            self.year.setMinimum(situation.baseline.year)
            self.year.setValue(situation.horizon)
            self.year.blockSignals(False)
        view: View = "market" if self.view.currentData() == "market" else "location"
        self.curve = situation.curve(self.year.value(), view)
        budget = self._budget()
        self.selection = None if budget is None else situation.select(
            budget, self.year.value(), view, self.curve.currency
        )  # fmt: skip
        self._currency.setText(self.curve.currency)
        self._draw(self.curve)
        self._say(answer, self.curve)
        self.table.set_rows(self._rows(self.curve))

    def choose(self, key: str) -> None:
        """Stand on an action."""
        self.plot.choose(key)
        self.table.show_record(key)

    def _budget(self) -> Decimal | None:
        """What was typed; nothing where it is no amount, which is marked."""
        text = self.budget.text().strip().replace(",", "").replace("，", "").replace(" ", "")
        try:
            found = Decimal(text) if text else None
        except InvalidOperation:
            found = Decimal(-1)
        wrong = found is not None and not (found.is_finite() and found >= 0)
        self.budget.setProperty("problem", wrong)
        self.budget.setAccessibleDescription(_("Write an amount of money, 0 or more.") if wrong else "")
        self.budget.setToolTip(self.budget.accessibleDescription())
        self.budget.style().unpolish(self.budget)
        self.budget.style().polish(self.budget)
        return None if wrong else found

    def _look(self, bar: Bar) -> str:
        if bar.action.status in DECIDED:
            return GIVEN
        chosen = self.selection is not None and any(one.id == bar.action.id for one in self.selection.chosen)
        return CHOSEN if chosen else OPEN

    def _draw(self, curve: Curve) -> None:
        unit = f"{curve.currency}/t" if curve.currency else ""
        blocks = tuple(
            Block(bar.action.id, bar.action.name, float(bar.tonnes), float(bar.cost), self._look(bar),
                  ((_("Net present value"), f"{money(bar.npv)} {curve.currency}".strip()),
                   (_("Status"), status_title(bar.action.status))))
            for bar in curve.bars
            if bar.cost is not None
        )  # fmt: skip
        title = _("Abatement cost curve {year}", year=str(curve.year))
        self.plot.show_data(
            BlockData(title, Scale(_("Reduction"), "t CO₂e/a"), Scale(_("Cost of a tonne"), unit), blocks, _looks())
        )

    def _say(self, answer: Answer, curve: Curve) -> None:
        clear(self._said)
        if self.selection is not None:
            self._say_selection(self.selection)
        else:
            total = _(
                "All of the curve saves {tonnes} t CO₂e a year at full effect.", tonnes=tonnes_a_year(curve.total)
            )
            self._said.addWidget(label(total, strong=True, wrap=True))
        first = vanishing(answer, curve.year)
        self._said.addWidget(marked("info", "accent", first))
        for note in curve.notes:
            if say(note) not in first:  # it stands there whichever figure is shown
                self._said.addWidget(label(say(note), "muted", wrap=True))
        for words in answer.situation.assumptions[1:]:
            self._said.addWidget(label(say(words), "muted", wrap=True))

    def _say_selection(self, found: Selection) -> None:
        if not found.chosen:
            self._said.addWidget(label(_("No open action fits into the budget."), strong=True, wrap=True))
        else:
            words = _(
                "Actions chosen: {count}. They save {tonnes} t CO₂e a year for {cost} {currency}; {left} are left.",
                count=len(found.chosen),
                tonnes=tonnes_a_year(found.tonnes),
                cost=money(found.cost),
                currency=found.currency,
                left=money(found.left),
            )
            self._said.addWidget(label(words, strong=True, wrap=True))
        for one in found.chosen:
            self._said.addWidget(marked("check", "good", f"{one.name} · {money(one.capex)} {one.currency}"))
        for note in found.notes:
            self._said.addWidget(label(say(note), "muted", wrap=True))

    def _rows(self, curve: Curve) -> list[Row]:
        rows, place = [], 0
        for bar in curve.bars:
            place += bar.cost is not None
            rows.append(Row(bar.action.id, place if bar.cost is not None else 0, bar.action.name, bar.action.status,
                            bar.tonnes, bar.cost, bar.npv, self._look(bar),
                            "" if bar.reason is None else say(bar.reason)))  # fmt: skip
        rows += [Row(one.action.id, 0, one.action.name, one.action.status, None, None, None, OPEN, say(one.reason))
                 for one in curve.beside]  # fmt: skip
        return rows

    # ------------------------------------------------------------------ choose

    def _picked(self, key: str) -> None:
        self.table.show_record(key)
        self.action_chosen.emit(key)

    def _stood_on(self, row: Row | None) -> None:
        self.plot.choose("" if row is None else row.id)
        if row is not None and self.table.view.hasFocus():
            self.action_chosen.emit(row.id)

    def chosen_action(self) -> str:
        """Id of the action that one stands on; empty: none."""
        row = self.table.current_record()
        return "" if row is None else row.id


def vanishing(answer: Answer, year: int) -> str:
    """What 100 % renewable electricity does to measures that save electricity, and from when on."""
    words = _("With 100 % renewable electricity, market-based tonnes of electricity measures vanish; they save money, "
              "and tonnes in the location-based view.")  # fmt: skip
    first, apart = answer.situation.all_renewable_from, "" if language() == "zh" else " "
    if first is not None:
        return words + apart + _("Here that is so from {year} on.", year=str(first))
    share = show_number(answer.situation.ahead.share_in(year), 1)
    return words + apart + _("Here the share is {percent} % in {year}.", percent=share, year=str(year))


def _looks() -> Mapping[str, Look]:
    series = tokens().series
    return {
        GIVEN: Look(_("Under way or done"), series[2 % len(series)], "hatched"),
        CHOSEN: Look(_("Chosen for the budget"), series[0], "solid"),
        OPEN: Look(_("Not begun"), series[0], "pale"),
    }


def _marks(row: Row) -> Mapping[str, Mark]:
    return {"reason": Mark("info", row.reason)} if row.reason else {}
