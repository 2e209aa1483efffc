"""Overview: what the year's inventory says, where it comes from, and what needs attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import Localised, T, show_date, show_month
from core.inventory import Inventory, months_by_source, months_of
from core.inventory.totals import LOCATION, MARKET
from core.library import all_policies, policy_named
from core.methods import Finding
from gui.asked.intake import AskedCard, NoticeIntake
from gui.chart import Chart
from gui.chart_data import BarData, Series, stacked
from gui.findings.dismissing import Dismissing
from gui.findings.listed import FindingList, place_of
from gui.language import _, language, say
from gui.page import FramedPage
from gui.pages.overview import PAGE
from gui.renewables.card import RenewableCard
from gui.session import Session
from gui.settings import Settings
from gui.theme import tokens
from gui.upcoming.asking import of_plant
from gui.upcoming.card import NextCard
from gui.widgets import bar, button, card, clear, empty_state, heading, label, number, rule, subheading
from gui.wording import GASES, SCOPES, TONNES, named, tonnes

GWP_SETS = ("AR4", "AR5", "AR6")
NEXT_STEPS = 4
"""Shown of what is to be done next."""
MOST_SOURCES = 10
"""Bars in the chart by source; the rest is one."""


class Overview(FramedPage):
    """Totals, scopes, findings, months, sources and gases of the year shown."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self.intake = NoticeIntake(self, session, settings)
        self.asked = AskedCard(self, session, settings)
        self._asked_first: AskedCard
        """The same while the plant has no data yet."""
        self._title = heading("")
        self._basis = Basis(self)
        self._state = label("", "muted")
        self._totals, self._totals_inside = card()
        self._attention = FindingList(
            self._open_finding,
            dismissing=Dismissing(self, session),
            open_all=lambda: self.wanted.emit("findings", None),
        )
        self._which = QComboBox()
        self._which.addItem(_("Location-based"), LOCATION)
        self._which.addItem(_("Market-based"), MARKET)
        self._which.setAccessibleName(_("Scope 2 in the charts"))
        self._which.activated.connect(lambda _index: self._show_charts(self._session.inventory))
        self._months = Chart(_("Emissions by month"), self._which)
        self._sources = Chart(_("Emissions by source"))
        self._gases, self._gases_inside = card()
        self.next = self._next_card()
        self._next_first: NextCard
        """The same while the plant has no data yet."""
        self.renewable = RenewableCard(lambda: self.wanted.emit("renewables", None))
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._basis)
        attention, inside = card()
        inside.addWidget(self._attention)
        months, inside = card()
        inside.addWidget(self._months, 1)
        sources, inside = card()
        inside.addWidget(self._sources, 1)
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.addWidget(self._totals, 0, 0)
        grid.addWidget(attention, 0, 1)
        grid.addWidget(months, 1, 0, 1, 2)
        grid.addWidget(sources, 2, 0)
        grid.addWidget(self._gases, 2, 1)
        grid.setColumnStretch(0, 11)
        grid.setColumnStretch(1, 9)
        grid.setRowStretch(1, 1)
        months.setMinimumHeight(self.fontMetrics().height() * 17)
        sources.setMinimumHeight(self.fontMetrics().height() * 15)
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self._state)
        state.addWidget(button(_("Compare years and close"), lambda: self.wanted.emit("compare", None), role="link"))
        state.addStretch(1)
        self.body.addLayout(head)
        self.body.addLayout(state)
        self.body.addWidget(self.next)
        self.body.addWidget(self.asked)
        self.body.addWidget(self.renewable)
        self.body.addLayout(grid, 1)

    def _nothing_yet(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(16, 14, 16, 16)
        self._asked_first = AskedCard(self, self._session, self._settings)
        self._next_first = self._next_card()
        column.addWidget(self._next_first)
        column.addWidget(self._asked_first)
        column.addWidget(self._begin_data(), 1)
        return made

    def _next_card(self) -> NextCard:
        made = NextCard(NEXT_STEPS)
        made.wanted.connect(self._go_on)
        return made

    def _go_on(self, page: str, subject: object) -> None:
        if page == PAGE.key:
            self.show_subject(subject)
        else:
            self.wanted.emit(page, subject)

    def show_subject(self, subject: object) -> None:
        """``asked``: what head office asks."""
        if subject == "asked":
            (self._asked_first if self.empty else self.asked).open_list()

    def _begin_data(self) -> QWidget:
        return empty_state(
            "activity",
            _("No activity data yet"),
            _("Enter, paste or import what the plant bought, burned, leaked and generated. The inventory follows."),
            button(_("Enter activity data"), lambda: self.wanted.emit("activity", None), role="primary"),
        )

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Everything, from the session's inventory."""
        inventory = self._session.inventory
        if self._session.ledger.activities:
            self.show_body()
        elif not self.empty:
            self.show_empty(self._nothing_yet())
        (self._asked_first if self.empty else self.asked).refresh()
        (self._next_first if self.empty else self.next).ask(
            of_plant(self._session, datetime.now(UTC).date()),
            _("Nothing waits to be done for {year}. Time for a coffee.", year=str(self._session.year)),
        )
        self._title.setText(_("Emissions in {year}", year=str(self._session.year)))
        self._basis.refresh()
        closing = self._session.closing
        closed = "" if closing is None else _("Closed since {day}", day=show_date(closing.closed, language()))
        self._state.setText(closed or _("Not closed yet"))
        self._show_totals(inventory)
        self._attention.show_findings(self._session.findings, _("Needs attention"))
        self._show_charts(inventory)
        self._show_gases(inventory)
        self.renewable.show_session(self._session)

    def _show_totals(self, inventory: Inventory) -> None:
        clear(self._totals_inside)
        totals, before = inventory.totals, self._year_before()
        row = QHBoxLayout()
        row.setSpacing(24)
        for name, value, old in (
            (_("Total, location-based"), totals.location, before.totals.location if before else None),
            (_("Total, market-based"), totals.market, before.totals.market if before else None),
        ):
            row.addLayout(self._figure(name, value, self._against(value, old, inventory)), 1)
        self._totals_inside.addLayout(row)
        self._totals_inside.addSpacing(6)
        self._totals_inside.addWidget(rule())
        self._totals_inside.addWidget(ScopeBars(totals.scopes))
        self._totals_inside.addStretch(1)

    def _figure(self, name: str, value: Decimal, against: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(name, "muted"))
        line = QHBoxLayout()
        line.setSpacing(6)
        figure = number(tonnes(value), size=2.0, strong=True)
        figure.setAccessibleName(named(name, f"{tonnes(value)} {TONNES}"))
        line.addWidget(figure, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addWidget(label(TONNES, "muted"), 0, Qt.AlignmentFlag.AlignBaseline)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(label(against, "muted"))
        return column

    def _against(self, value: Decimal, before: Decimal | None, inventory: Inventory) -> str:
        if not inventory.activities:
            return _("Nothing recorded for {year} yet", year=str(self._session.year))
        if not before:
            return _("No data of {year} to compare with", year=str(self._session.year - 1))
        percent = (value - before) / before * 100
        sign = "▲" if percent > 0 else "▼" if percent < 0 else "＝"
        return _("{sign} {percent} % against {year}", sign=sign, percent=f"{abs(percent):.1f}",
                 year=str(self._session.year - 1))  # fmt: skip

    def _year_before(self) -> Inventory | None:
        year = self._session.year - 1
        if year not in self._session.years():
            return None
        try:
            return self._session.inventory_of(year)
        except UserError:  # closed, and what was closed is damaged: the pages about it say so
            return None

    def _show_charts(self, inventory: Inventory) -> None:
        scopes = self._which.currentData()
        way = self._which.currentText()
        sums = months_by_source(inventory.lines, inventory.choices.period, scopes)
        months = tuple(show_month(month.start, language()) for month in months_of(inventory.choices.period))
        series = stacked(sums, _("Other sources"))
        title = _("Emissions by month")
        self._months.show_data(BarData(title, months, series, TONNES, _("Emissions")))
        whole = {source: sum(values, Decimal(0)) for source, values in sums.items()}
        ranked = sorted(((s, v) for s, v in whole.items() if v), key=lambda pair: -pair[1])
        names = [source for source, _value in ranked[:MOST_SOURCES]]
        values = [value for _source, value in ranked[:MOST_SOURCES]]
        if len(ranked) > MOST_SOURCES:
            names.append(_("Other sources"))
            values.append(sum((value for _source, value in ranked[MOST_SOURCES:]), Decimal(0)))
        one = Series(way, tuple(values), tokens().series[0])
        by_market = scopes == MARKET
        title = _("Emissions by source, market-based") if by_market else _("Emissions by source, location-based")
        self._sources.show_data(BarData(title, tuple(names), (one,), TONNES, _("Emissions"), lying=True))

    def _show_gases(self, inventory: Inventory) -> None:
        clear(self._gases_inside)
        totals = inventory.totals
        self._gases_inside.addWidget(subheading(_("By gas")))
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for column, head in enumerate((TONNES, _("Location-based"), _("Market-based"))):
            words = label(head, "muted", size=0.92)
            grid.addWidget(words, 0, column, Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft)
        rows = [(GASES.get(gas, gas), totals.gases[gas], totals.gases_market[gas]) for gas in totals.gases]
        for place, (name, location, market) in enumerate(rows, 1):
            _cells(grid, place, name, tonnes(location), tonnes(market))
        apart = len(rows) + 2
        grid.addWidget(rule(), apart - 1, 0, 1, 3)
        _cells(grid, apart, _("Biogenic CO₂, apart"), tonnes(totals.biogenic), "")
        _cells(grid, apart + 1, _("Gases outside the basket, apart"), tonnes(totals.other), "")
        _cells(grid, apart + 2, say(SCOPES["avoided"]), tonnes(totals.avoided), "")
        self._gases_inside.addLayout(grid)
        self._gases_inside.addStretch(1)

    def takes(self, path: Path) -> bool:
        """Requests, benchmarks and disclosure maps of head office, wherever the person is."""
        return self.intake.takes(path)

    def take(self, paths: Sequence[Path]) -> None:
        self.intake.take(paths)

    # ------------------------------------------------------------------ act

    def _open_finding(self, finding: Finding) -> None:
        self.wanted.emit(*place_of(finding))

    def choose(self, gwp_set: str, policy: str) -> None:
        """Calculate under other choices, as one undoable change."""
        audit = self._session.audit
        after = replace(audit, gwp_set=gwp_set, policy=policy)
        if after != audit:
            why = T("Basis of {year}: {gwp}, {policy}", year=self._session.year, gwp=gwp_set, policy=_policy(policy))
            self.attempt(lambda: self._session.put(why, after))
            self._basis.refresh()

    @property
    def session(self) -> Session:
        """The open plant."""
        return self._session


class Basis(QWidget):
    """Under which choices the year is calculated; choosing others recalculates everything."""

    def __init__(self, page: Overview) -> None:
        super().__init__()
        self._page = page
        self._gwp, self._policy = QComboBox(), QComboBox()
        for gwp_set in GWP_SETS:
            self._gwp.addItem(gwp_set, gwp_set)
        for policy in all_policies():
            self._policy.addItem(say(policy.name), policy.key)
            self._policy.setItemData(self._policy.count() - 1, say(policy.title), Qt.ItemDataRole.ToolTipRole)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, box in ((_("Warming potentials"), self._gwp), (_("Factors"), self._policy)):
            words = label(name, "muted")
            words.setBuddy(box)
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(self._chosen)
            row.addSpacing(8)
            row.addWidget(words)
            row.addWidget(box)

    def refresh(self) -> None:
        """Show the choices in force."""
        choices = self._page.session.choices
        self._gwp.setCurrentIndex(self._gwp.findData(choices.gwp_set))
        self._policy.setCurrentIndex(self._policy.findData(choices.policy))
        self._policy.setToolTip(str(self._policy.currentData(Qt.ItemDataRole.ToolTipRole) or ""))
        self.setEnabled(self._page.session.writable)

    def _chosen(self, _index: int) -> None:
        self._page.choose(self._gwp.currentData(), self._policy.currentData())


class ScopeBars(QWidget):
    """One line for each scope: name, bar, number; location and market side by side on one scale."""

    def __init__(self, scopes: dict[str, Decimal]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        shown = ("scope1", "scope2_location", "scope2_market", "scope3")
        most = max((abs(scopes[scope]) for scope in shown), default=Decimal(0)) or Decimal(1)
        for row, scope in enumerate(shown):
            name = say(SCOPES[scope])
            grid.addWidget(label(name), row, 0)
            grid.addWidget(bar(float(abs(scopes[scope]) / most)), row, 1)
            figure = number(tonnes(scopes[scope]))
            figure.setAccessibleName(named(name, f"{tonnes(scopes[scope])} {TONNES}"))
            grid.addWidget(figure, row, 2, Qt.AlignmentFlag.AlignRight)


def _cells(grid: QGridLayout, row: int, name: str, first: str, second: str) -> None:
    grid.addWidget(label(name, wrap=True), row, 0)
    for column, text in ((1, first), (2, second)):
        figure: QLabel = number(text)
        figure.setAccessibleName(named(name, f"{text} {TONNES}") if text else name)
        grid.addWidget(figure, row, column, Qt.AlignmentFlag.AlignRight)


def _policy(key: str) -> Localised:
    return policy_named(key).title
