"""The way to the share that is promised: options with cost and effect, the cheapest mix, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.i18n import show_number
from core.instruments.words import OPTIONS
from core.ledger import SupplyOption, Target
from core.ledger.records import Record
from core.library import EXACT
from core.methods import plain
from core.renewables.consumption import ZERO
from core.renewables.options import OptionEffect
from core.renewables.way import Way
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.entering.known import known_of_new
from gui.entering.part import RecordsPart
from gui.language import _, say
from gui.page import Page
from gui.renewables import words
from gui.renewables.figures import gap_card
from gui.renewables.known import known_of
from gui.renewables.view import View
from gui.session import Session
from gui.settings import Settings
from gui.solar.parts import drawn, figure
from gui.tables.table import Column
from gui.theme import tokens
from gui.widgets import button, card, clear, label, marked, subheading
from gui.wording import TONNES, minus, said, tonnes

CHART_LINES, ROWS_SEEN = 15, 6


class OptionsPart(RecordsPart):
    """Options with what follows from each."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        self.effects: Mapping[str, OptionEffect] = {}
        self.mixed: Mapping[str, Decimal] = {}
        sentence = _(
            "Here stands what could be built or bought from some year on: more PV, storage, a power purchase "
            "agreement, certificates. From cost and quantity follows the cheapest way to close the gap."
        )
        super().__init__(
            page, session, settings, "supply_option", sentence, hidden=("note", "life"), picture="renewables",
            beside={"quantity": [
                self._number("cost", _("Cost"), lambda r: self.effects[r.id].cost, ""),
                self._number("in_mix", _("In the cheapest mix"), lambda r: self.mixed.get(r.id), "MWh/a"),
                self._number("market", _("Market-based"), lambda r: self.effects[r.id].market, f"{TONNES}/a"),
                self._number("location", _("Location-based"), lambda r: self.effects[r.id].location, f"{TONNES}/a"),
            ]},
            known=lambda: known_of_new(session, "supply_option"),
        )  # fmt: skip

    def show_way(self, way: Way) -> None:
        """With these effects."""
        self.effects = {one.option.id: one for one in way.options}
        self.mixed = {one.option.id: one.quantity for one in way.mix}
        self.refresh()

    def _number(self, key: str, title: str, of: Callable[[Record], Decimal | None], unit: str) -> Column[Record]:
        def value(record: Record) -> Decimal | None:
            return of(record) if record.id in self.effects else None

        def text(record: Record) -> str:
            found = value(record)
            if found is None:
                return "–"
            if key == "cost":
                assert isinstance(record, SupplyOption)
                return f"{show_number(found, 2)} {record.currency}/MWh"
            return words.mwh(found) if unit.startswith("MWh") else minus(tonnes(found))

        def copied(record: Record) -> str:
            found = value(record)
            return "" if found is None else plain(found)

        def order(record: Record) -> tuple[bool, Decimal]:
            found = value(record)
            return found is None, found or ZERO

        return Column(key, title, text, unit, "right", order, copied, width=18 if key == "cost" else 13)


class WayView(View):
    """Figures, bars by year, options, what is missing."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(page, session, settings)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(12)
        self.chart = Chart(_("What the options could cover"))
        self._mix_card, self._mix = card()
        self.options = OptionsPart(page, session, settings)
        row = self.options.table.view.verticalHeader().defaultSectionSize()
        self.options.table.view.setMinimumHeight(row * ROWS_SEEN + 44)
        self.column.addLayout(self._figures)
        self.beside((self._mix_card, 1), (drawn(self.chart, CHART_LINES), 1))
        self.column.addWidget(self.options, 1)

    def refresh(self) -> None:
        """Everything, from the session."""
        way = known_of(self.session).way
        self._show_figures(way)
        self._show_mix(way)
        self.chart.show_data(by_year(way))
        self.options.show_way(way)

    def show_subject(self, subject: object) -> None:
        if subject is not None:
            self.options.table.show_record(str(subject))

    def inspect(self) -> QWidget | None:
        return self.options.inspect()

    def _show_figures(self, way: Way) -> None:
        clear(self._figures)
        self._figures.addWidget(gap_card(way), 1)
        closed = words.mwh(way.gap - way.open)
        money = words.money(way.cost, "") if way.mix else "–"
        cost = figure(_("Cost of the cheapest mix"), money, f"{way.currency}/a",
                      _("for {mwh} MWh a year", mwh=closed))  # fmt: skip
        market = figure(_("Market-based figure"), minus(tonnes(way.market)), f"{TONNES}/a", _("what the mix changes"))
        location = figure(_("Location-based figure"), minus(tonnes(way.location)), f"{TONNES}/a",
                          _("falls by own generation alone"))  # fmt: skip
        for one in (cost, market, location):
            self._figures.addWidget(one, 1)

    def _show_mix(self, way: Way) -> None:
        clear(self._mix)
        year = str(way.year)
        self._mix.addWidget(subheading(_("The cheapest way to {percent} % in {year}", percent=show_number(way.percent),
                                         year=year)))  # fmt: skip
        if not way.gap:
            self._mix.addWidget(marked("check", "good", _("Nothing is missing.")))
        for one in way.mix:
            told = _("{name}: {mwh} MWh a year for {money}", name=one.option.name, mwh=words.mwh(one.quantity),
                     money=words.money(one.cost, f"{way.currency}/a"))  # fmt: skip
            self._mix.addWidget(label(f"• {told}", wrap=True))
        if way.gap and not way.open:
            self._mix.addWidget(marked("check", "good", _("The options close the gap in {year}.", year=year)))
        elif way.first_year is not None and way.first_year > way.year:
            self._mix.addWidget(marked("warning", "warning", _("The options could close the gap from {year} on.",
                                                               year=str(way.first_year))))  # fmt: skip
        if way.missing:
            self._mix.addSpacing(4)
            self._mix.addWidget(subheading(_("What is missing")))
        for lack in way.missing:
            self._mix.addWidget(marked("warning", "warning", said(lack.message, lack.remedy)))
        if not any(one.kind == "renewable" for one in self._targets()):
            self._mix.addWidget(marked("info", "accent", _("No target of renewable electricity is entered: 100 % of "
                                                           "the year shown is taken.")))  # fmt: skip
            self._mix.addWidget(button(_("Enter a target"), lambda: self.go.emit("targets", None), role="link"))
        self._mix.addStretch(1)

    def _targets(self) -> Sequence[Target]:
        return self.session.ledger.held(Target)


def by_year(way: Way) -> BarData:
    """Secured, what options that have begun could cover (cheapest first), and what stays open, year by year."""
    kinds = dict.fromkeys(one.option.kind for one in way.options)
    taken: dict[str, list[Decimal]] = {kind: [] for kind in kinds}
    rest = []
    for year in way.years:
        left, sums = way.gap, dict.fromkeys(kinds, ZERO)
        for one in way.options:
            if one.option.first_year <= year.year and one.option.quantity > 0:
                part = min(left, one.option.quantity)
                sums[one.option.kind] = EXACT.add(sums[one.option.kind], part)
                left = EXACT.subtract(left, part)
        rest.append(left)
        for kind, amount in sums.items():
            taken[kind].append(amount)
    inks = tokens().series
    secured = tuple(way.secured for _year in way.years)
    series = [Series(_("Secured"), secured, inks[0])] if any(secured) else []
    series += [
        Series(say(OPTIONS[kind]), tuple(values), inks[place % len(inks)])
        for place, (kind, values) in enumerate(taken.items(), 1)
        if any(values)
    ]
    if any(rest) or not series:
        series.append(Series(_("Not covered"), tuple(rest), tokens().edge))
    title = _("What the options could cover, with the use of {year}", year=str(way.data_year))
    return BarData(title, tuple(str(one.year) for one in way.years), tuple(series), "MWh", _("Electricity"))
