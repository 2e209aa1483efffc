"""Where the plant stands: three shares, what is missing, whether “100 %” may be said, months and years."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import show_month, show_number
from core.inventory import Inventory
from core.ledger import Ledger
from core.methods import exact_sum
from core.renewables.claim import ClaimJudgement
from core.renewables.parts import PARTS, UNCOVERED, Parts, parts_of
from core.renewables.shares import VIEWS, Threshold, shares_of
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.language import _, language, say
from gui.latest import Latest
from gui.page import Page
from gui.quality.parts import combo
from gui.renewables import words
from gui.renewables.figures import apart, gap_card, share_card
from gui.renewables.judgements import Judgements
from gui.renewables.known import Known, known_of
from gui.renewables.view import View
from gui.session import Session
from gui.settings import Settings
from gui.solar.parts import drawn
from gui.widgets import button, card, clear, empty_state, label, marked, subheading
from gui.wording import clauses

MONTHS, YEARS = "months", "years"
CHART_LINES = 19
THOUSAND = Decimal(1000)
"""[kWh/MWh]"""


class OverviewView(View):
    """Figures, claim, chart."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(page, session, settings)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(12)
        self._apart = QVBoxLayout()
        self.judgements = Judgements(lambda one: self.go.emit(*words.place_of(one, self.session.ledger)))
        self._claim_card, claim = card()
        self._verdict = QVBoxLayout()
        claim.addLayout(self._verdict)
        claim.addWidget(self.judgements)
        claim.addStretch(1)
        self.by = combo(_("What the bars are"), [(_("By month"), MONTHS), (_("By year"), YEARS)])
        self.by.activated.connect(lambda _row: self._show_chart())
        self.chart = Chart(_("Electricity by origin"), self.by)
        self._zero, self._zero_inside = card()
        self.latest = Latest(self)
        self.latest.answered.connect(self._show_years)
        self.latest.broken.connect(lambda why: page.tell("bad", why))
        self._known: Known
        self._lay_out()

    def _lay_out(self) -> None:
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        body.addLayout(self._figures)
        body.addLayout(self._apart)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._claim_card, 1)
        chart = drawn(self.chart, CHART_LINES)
        chart.setMaximumHeight(chart.minimumHeight())  # however long the list beside it is
        row.addWidget(chart, 1, Qt.AlignmentFlag.AlignTop)
        body.addLayout(row)
        body.addWidget(self._zero)
        body.addStretch(1)
        self._nothing = empty_state(
            "renewables",
            _("No electricity in this year"),
            _("Enter the electricity bills and what the plant generated. Which part of it is renewable, certificates, "
              "contracts and own generation decide."),
            button(_("Enter activity data"), lambda: self.go.emit("activity", None), role="primary"),
            button(_("Take months from the meters"), lambda: self.go.emit("meters", MONTHS)),
        )  # fmt: skip
        self.column.addWidget(self._body)
        self.column.addWidget(self._nothing, 1)

    def refresh(self) -> None:
        """Everything, from the session."""
        known = self._known = known_of(self.session)
        used = bool(known.shares.year.used)
        self._body.setVisible(used)
        self._nothing.setVisible(not used)
        if not used:
            return
        clear(self._figures)
        for view in VIEWS:
            self._figures.addWidget(share_card(known.shares.year, view), 1)
        act = (_("The way there"), lambda: self.go.emit(words.WAY, None))
        self._figures.addWidget(gap_card(known.way, act), 1)
        clear(self._apart)
        for one in apart(known.shares.year):
            self._apart.addWidget(one)
        self._show_claim(known.claim)
        self._show_chart()
        self._show_zero(known.thresholds)

    # ------------------------------------------------------------------ claim

    def _show_claim(self, claim: ClaimJudgement) -> None:
        clear(self._verdict)
        year = str(self.session.year)
        asked = _("May the plant say “100 % renewable electricity” for {year}?", year=year)
        self._verdict.addWidget(subheading(asked, wrap=True))
        if claim.holds:
            self._verdict.addWidget(marked("check", "good", _("Yes: nothing is open.")))
        else:
            count = len(claim.stops)
            told = _("No: one point is open.") if count == 1 else _("No: {count} points are open.", count=count)
            self._verdict.addWidget(marked("error", "bad", told))
        self.judgements.show_judged(claim.judged)

    # ------------------------------------------------------------------ chart

    def _show_chart(self) -> None:
        if self.by.currentData() == YEARS:
            self.latest.ask(self._question())
        else:
            names = [show_month(one.start, language()) for one in self._known.parts]
            self.chart.show_data(bars(_("Electricity by month and origin"), names, self._known.parts))

    def _question(self) -> Callable[[], object]:
        """Years that are not shown are compiled elsewhere."""
        ledger = self.session.ledger
        asked = {year: self.session.to_inventory_of(year) for year in sorted(self.session.years())}
        return lambda: of_years(ledger, asked)

    def _show_years(self, found: Mapping[int, Parts]) -> None:
        if self.by.currentData() == YEARS:
            self.chart.show_data(bars(_("Electricity by year and origin"), [str(year) for year in found],
                                      list(found.values())))  # fmt: skip

    # ------------------------------------------------------------------ zero-carbon factory

    def _show_zero(self, thresholds: Sequence[Threshold]) -> None:
        self._zero.setVisible(bool(thresholds))
        clear(self._zero_inside)
        if not thresholds:
            return
        asked = _("Zero-carbon factory: what is asked of the physically traced share")
        self._zero_inside.addWidget(subheading(asked, wrap=True))
        for one in thresholds:
            text = _("{title}: {percent} %", title=one.title, percent=show_number(one.ruling.number))
            if not one.applies:
                self._zero_inside.addWidget(marked("info", "accent", _("{what}; not asked of this plant", what=text)))
            elif one.reached:
                self._zero_inside.addWidget(marked("check", "good", _("{what}; reached", what=text)))
            else:
                self._zero_inside.addWidget(marked("warning", "warning", _("{what}; not reached", what=text)))
        sources = dict.fromkeys(one.ruling.source for one in thresholds)
        self._zero_inside.addWidget(label(clauses(sources), "muted", size=0.92, wrap=True))


def of_years(ledger: Ledger, asked: Mapping[int, Callable[[], Inventory]]) -> dict[int, Parts]:
    """The parts of whole years."""
    found = {}
    for year, inventory_of in asked.items():
        inventory = inventory_of()
        months = parts_of(ledger, inventory, shares_of(ledger, inventory))
        found[year] = Parts(
            months[0].start, **{part: exact_sum(one.kwh(part) for one in months) for part in PARTS}
        )  # fmt: skip
    return found


def bars(title: str, names: Sequence[str], parts: Sequence[Parts]) -> BarData:
    """Stacked by origin, without origins of which there is nothing."""
    colours = words.part_colours()
    series = tuple(
        Series(say(words.PARTS[part]), tuple(one.kwh(part) / THOUSAND for one in parts), colours[part])
        for part in PARTS
        if part == UNCOVERED or any(one.kwh(part) for one in parts)
    )
    return BarData(title, tuple(names), series, "MWh", _("Electricity used"))
