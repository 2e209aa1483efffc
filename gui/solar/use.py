"""Where the generation went: netted in a named interval, month by month, over an average day, and in money."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from core.solar.system import Observed
from core.solar.use import Use
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.language import _
from gui.plots.curve import Curve
from gui.plots.lines import CurveData, Line, Scale
from gui.quality.parts import combo
from gui.session import Session
from gui.solar.money import MoneyCard
from gui.solar.parts import SplitBar, View, drawn, facts, sentence, swatch_of, titled
from gui.solar.what_if import WhatIf
from gui.solar.words import exact, month_names, mwh, netted_by, percent
from gui.solar.work import Day, Solved, Split
from gui.theme import tokens
from gui.widgets import button, card, clear, label, number, subheading
from gui.wording import named

METER = "meter"
"""As short as the meters count."""


class UseView(View):
    """Netting, months, an average day, what would change it, money."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._solved: Solved | None = None
        self.interval = combo(_("Netting interval"), [])
        self.interval.activated.connect(lambda _row: self._show_split())
        self._no_load, self._lacking = titled(_("Where the generation went"))
        self._build_lacking()
        frame, inside = card()
        head = QHBoxLayout()
        head.addWidget(subheading(_("Where the generation went")), 1)
        head.addWidget(label(_("netted per"), "muted"))
        head.addWidget(self.interval)
        inside.addLayout(head)
        self._went = QVBoxLayout()
        self._went.setSpacing(6)
        inside.addLayout(self._went)
        inside.addStretch(1)
        self.months = Chart(_("Use of the generation by month"))
        self.day = Curve(_("An average day"))
        self.what_if = WhatIf(session)
        self.money = MoneyCard(session)
        self.money.wants.connect(self.wants)
        self._went_card, self._months_card, self._day_card = frame, drawn(self.months, 17), drawn(self.day, 17)
        self.column.addWidget(self._no_load)
        self.beside((frame, 1), (self._months_card, 1))
        self.beside((self.what_if, 1), (self._day_card, 1))
        self.column.addWidget(self.money)
        self.column.addStretch(1)

    def _build_lacking(self) -> None:
        words = _(
            "It follows from three meters at the connection: generation, feed-in and purchase, each with intervals of "
            "an hour or less. The system does not name all of them, or one has no intervals in this time."
        )
        self._lacking.addWidget(sentence("info", words))
        row = QHBoxLayout()
        self._choose = button(_("Choose the meters"), lambda: self.wants.emit("meters"))
        row.addWidget(self._choose)
        row.addWidget(button(_("Go to the meters"), lambda: self.wants.emit("import")))
        row.addStretch(1)
        self._lacking.addLayout(row)

    # ------------------------------------------------------------------ show

    def show_solved(self, solved: Solved | None) -> None:
        self._solved = solved
        found = None if solved is None else solved.observed
        splits = {} if solved is None else dict(solved.look.splits or {})
        self._no_load.setVisible(not splits)
        self._choose.setEnabled(self.session.writable)
        for part in (self._went_card, self._months_card, self.what_if):
            part.setVisible(bool(splits))
        self._offer(splits)
        self._show_split()
        self._show_day(None if solved is None else solved.look.day)
        self.what_if.show_system(found if splits else None)
        self.money.show_outlook(None if solved is None else solved.outlook)

    def _offer(self, splits: dict[str, Split]) -> None:
        """The intervals that the meters allow; what was chosen stays."""
        kept = self.interval.currentData()
        self.interval.clear()
        for key, split in splits.items():
            words = netted_by(split.use.interval)
            if key == METER:
                words = _("{interval}, as the meters", interval=words)
            if self.interval.findText(words) < 0:
                self.interval.addItem(words, key)
        self.interval.setCurrentIndex(max(0, self.interval.findData(kept)))

    def _show_split(self) -> None:
        clear(self._went)
        if self._solved is None or self._solved.look.splits is None or self._solved.observed is None:
            return
        split = self._solved.look.splits.get(str(self.interval.currentData()))
        if split is None:
            return
        self._went.addLayout(flows(split.use))
        self._went.addSpacing(2)
        self._went.addLayout(facts(ratios(split.use, self._solved.look.match)))
        for words in cautions(split.use):
            self._went.addWidget(label(words, "muted", size=0.92, wrap=True))
        self.months.show_data(by_month(self._solved.observed, split))

    def _show_day(self, day: Day | None) -> None:
        self._day_card.setVisible(day is not None)
        if day is not None:
            self.day.show_data(average(day))


def flows(use: Use) -> QGridLayout:
    """Generation and load as bars in parts, each part with its amount."""
    colours = tokens().series
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    rows = (
        (_("Generated"), use.generated, [(_("Used on site"), use.self_used, colours[0]),
                                         (_("Fed in"), use.fed_in, colours[1])]),
        (_("Load of the plant"), use.load, [(_("From the roof"), use.self_used, colours[0]),
                                            (_("Purchased"), use.purchased, tokens().edge)]),
    )  # fmt: skip
    line = 0
    for name, whole, parts in rows:
        grid.addWidget(label(name), line, 0)
        made = number(f"{mwh(whole)} MWh", strong=True)
        made.setAccessibleName(named(name, f"{mwh(whole)} MWh"))
        grid.addWidget(made, line, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(SplitBar(name, parts), line + 1, 0, 1, 2)
        key = QHBoxLayout()
        key.setSpacing(16)
        for what, amount, ink in parts:
            key.addWidget(swatch_of(ink, f"{what} {mwh(amount)} MWh"), 1)
        grid.addLayout(key, line + 2, 0, 1, 2)
        grid.setRowMinimumHeight(line + 3, 4)
        line += 4
    grid.setColumnStretch(0, 1)
    return grid


def ratios(use: Use, match: Use | None) -> list[tuple[str, str]]:
    """Shares with the interval they hold for."""
    interval = netted_by(use.interval)
    score = None if match is None else match.self_sufficiency
    return [
        (_("Self-consumption, per {interval}", interval=interval), f"{percent(use.self_consumption)} %"),
        (_("Self-sufficiency, per {interval}", interval=interval), f"{percent(use.self_sufficiency)} %"),
        (_("Hourly match of the load"), f"{percent(score)} %"),
        (_("Intervals known"), f"{percent(use.coverage)} %"),
    ]


def cautions(use: Use) -> list[str]:
    """What has to be said beside it."""
    found = [
        _("The longer the interval, the more of the night's load the day's sun covers on paper. Figures of different "
          "intervals must not be compared.")
    ]  # fmt: skip
    if use.present < use.expected:
        found.append(_("Intervals of which something is missing are in none of the sums."))
    return found


def by_month(found: Observed, split: Split) -> BarData:
    """Used on site and fed in of each month."""
    colours = tokens().series

    def column(values: list[float]) -> tuple[Decimal, ...]:
        return tuple(exact(round(value, 3)) / 1000 for value in values)

    return BarData(
        _("Use by month, netted per {interval}", interval=netted_by(split.use.interval)),
        month_names(month.month for month in found.months),
        (
            Series(_("Used on site"), column(split.self_used.tolist()), colours[0]),
            Series(_("Fed in"), column(split.fed_in.tolist()), colours[1]),
        ),
        "MWh",
        _("Energy"),
    )


def average(day: Day) -> CurveData:
    """Generation and load over the clock."""
    return CurveData(
        _("An average day"),
        Scale(_("Time of the day"), kind="clock"),
        Scale(_("Mean power"), "kW"),
        (
            Line(_("Load of the plant"), day.hours, day.load, colour=tokens().muted),
            Line(_("Generated"), day.hours, day.generation, colour=tokens().series[0]),
        ),
        zero=True,
    )
