"""Performance of a PV system: every figure by month and year, where the energy went, availability, limits, age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.i18n import show_number
from core.solar.availability import Availability
from core.solar.curtailment import Curtailment
from core.solar.degradation import Degradation
from core.solar.performance import Performance
from core.solar.system import Observed
from gui.chart import Chart
from gui.language import _, say
from gui.latest import Latest
from gui.quality.parts import combo
from gui.session import Session
from gui.settings import Settings
from gui.solar.figures import TOTAL, Row, columns, explained, month_rows, reasons, waterfall, year_rows
from gui.solar.parts import View, drawn, facts, sentence, titled
from gui.solar.words import mwh, percent, shown
from gui.solar.work import Solved, Subject, subject_of, years_of
from gui.tables.table import Table
from gui.widgets import button, clear, label, rule, subheading
from gui.wording import named

ROWS = 13
"""Twelve months and their sum are seen without scrolling."""
YEARS = "years"


class PerformanceView(View):
    """Table of figures, loss tree, what stood still, was held back and ages."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__(session)
        self._solved: Solved | None = None
        self._years: tuple[Performance, ...] = ()
        self._asked: Subject | None = None
        self.latest = Latest(self)
        self.latest.answered.connect(self._years_came)
        self.by = combo(_("Rows of the table"), [(_("By month"), "months"), (_("By year"), YEARS)])
        self.by.activated.connect(lambda _row: self._show_rows())
        self.table: Table[Row] = Table(
            "solar_performance", columns(_("Time")), settings, name=_("Figures of performance")
        )
        self.table.add_tool(self.by)
        self.table.current.connect(lambda _row: self.selected.emit())
        self.table.show_at_least(ROWS)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(2)
        self.column.addWidget(self.table)
        self.column.addLayout(self._reasons)
        self.tree = Chart(_("Where the energy went"))
        self._tree_card = drawn(self.tree, 24)
        self._no_tree, inside = titled(_("Where the energy went"))
        why = _(
            "The losses between the modules and the meter follow from the light measured in the plane of the array. "
            "No sensor of this system does that."
        )
        inside.addWidget(sentence("info", why))
        self._choose = button(_("Choose the sensor"), lambda: self.wants.emit("sensor"))
        inside.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        side, self._side = titled(_("Availability"))
        self._parts = QVBoxLayout()
        self._parts.setSpacing(8)
        self._side.addLayout(self._parts)
        self._side.addStretch(1)
        self.beside((self._tree_card, 13), (self._no_tree, 13), (side, 8))
        self.column.addStretch(1)

    # ------------------------------------------------------------------ show

    def show_solved(self, solved: Solved | None) -> None:
        self._solved = solved
        found = None if solved is None else solved.observed
        self._show_rows()
        tree = None if found is None else found.tree
        told = tree is not None and tree.reference > 0
        self._tree_card.setVisible(told)
        self._no_tree.setVisible(not told)
        self._choose.setEnabled(self.session.writable)
        if told and tree is not None:
            self.tree.show_data(waterfall(tree))
        clear(self._parts)
        if found is not None:
            for widget in side_of(found):
                self._parts.addWidget(widget)

    def _show_rows(self) -> None:
        clear(self._reasons)
        if self._solved is None:
            self.table.set_rows([])
            return
        if self.by.currentData() == YEARS:
            self._ask_for_years(self._solved)
            self.table.set_rows(year_rows(self._years))
            note = _("The performance index is left out: the model has the age of one year. It stands with the months.")
            self._reasons.addWidget(label(note, "muted", size=0.92, wrap=True))
            return
        rows = month_rows(self._solved)
        self.table.set_rows(rows)
        whole = next((row for row in rows if row.id == TOTAL), None)
        for names, why in reasons(whole) if whole is not None else ():
            self._reasons.addWidget(label(named(names, why), "muted", size=0.92, wrap=True))

    def _ask_for_years(self, solved: Solved) -> None:
        """Years are read only for those who look at them."""
        session = self.session
        subject = subject_of(session.ledger, solved.system, session.inventory.choices.period)
        subject = replace(subject, first=date.min, last=date.max)  # the year shown does not matter
        if subject == self._asked:
            return
        self._asked, self._years = subject, ()
        ledger, reader = session.ledger, session.file.reader()

        def work() -> tuple[Performance, ...]:
            with reader:
                return years_of(subject, ledger, reader.blob)

        self.latest.ask(work)

    def _years_came(self, years: tuple[Performance, ...]) -> None:
        self._years = years
        if self.by.currentData() == YEARS:
            self.table.set_rows(year_rows(years))

    def inspect(self) -> QWidget | None:
        row = self.table.current_record()
        return None if row is None else explained(row)


# ---------------------------------------------------------------------- at the side


def side_of(found: Observed) -> Iterator[QWidget]:
    """Availability, curtailment, ageing, one below the other."""
    yield _availability(found.availability)
    yield rule()
    yield subheading(_("Held back by a limit"))
    yield _curtailment(found, found.curtailment)
    yield rule()
    yield subheading(_("Ageing"))
    yield _ageing(found, found.ageing)


def _holder(rows: list[tuple[str, str]], note: str = "") -> QWidget:
    made = QFrame()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    if rows:
        column.addLayout(facts(rows))
    if note:
        column.addWidget(label(note, "muted", size=0.92, wrap=True))
    return made


def _availability(one: Availability | None) -> QWidget:
    if one is None or one.time is None:
        return _holder([], _("Nobody knows when the system should have run: a sensor of the light is missing."))
    rows = [
        (_("By time"), f"{percent(one.time, 2)} %"),
        (_("By energy"), f"{percent(one.energy, 2)} %"),
        (_("Stood still"), _("{hours} h in the light", hours=shown(one.outage, 1))),
        (_("Lost by it"), f"{mwh(one.lost)} MWh"),
        (_("No data"), _("{hours} h in the light", hours=shown(one.gap, 1))),
    ]
    return _holder(rows, _("No data is no outage: it counts neither for nor against."))


def _curtailment(found: Observed, one: Curtailment | None) -> QWidget:
    if not found.system.ac_limit:
        return _holder([], _("No limit of the AC power is stated for the system."))
    if one is None:
        return _holder([], _("It cannot be said without a sensor of the light."))
    rows = [
        (_("Limit"), f"{show_number(found.system.ac_limit)} kW"),
        (_("Time at the limit"), f"{shown(one.hours, 1)} h"),
        (_("Not generated"), f"{mwh(one.total)} MWh"),
    ]
    return _holder(rows, say(one.note))


def _ageing(found: Observed, one: Degradation | None) -> QWidget:
    stated = _("{percent} % a year", percent=show_number(found.system.degradation))
    if one is None:
        why = _("It takes years of generation and of light measured; a sensor or the generation is missing.")
        return _holder([(_("Stated"), stated)], why)
    if one.rate is None:
        return _holder([(_("Stated"), stated)], "" if one.reason is None else say(one.reason))
    sign = "+" if one.rate > 0 else ""
    span = _("{low} to {high}", low=shown(one.low, 2), high=shown(one.high, 2))
    rows = [
        (_("Seen, % a year"), f"{sign}{shown(one.rate, 2)}"),
        (_("95 % interval"), span),
        (_("Based on"), _("{years} years, {pairs} pairs of days", years=shown(one.years, 1), pairs=f"{one.pairs:,}")),
        (_("Stated"), stated),
    ]
    return _holder(rows, _ageing_note(found, one))


def _ageing_note(found: Observed, one: Degradation) -> str:
    """Whether what is seen and what is stated agree."""
    low, high, stated = one.low or 0.0, one.high or 0.0, -float(found.system.degradation)
    if low <= stated <= high:
        return _("Negative means it loses. What is stated lies within what is seen.")
    if low > 0 or (high >= 0 and one.years < 3):
        return _(
            "Negative means it loses. What is seen does not tell: a few years, a sensor that drifts or is cleaned."
        )
    return _("Negative means it loses. What is stated lies outside of what is seen.")
