"""Hour by hour: how much of the electricity was met when it was used, and what would change that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.i18n import Text, show_number
from core.renewables.flexing import Flexed, variants
from core.renewables.hourly import Matched, Score
from core.renewables.hourly_meters import Matching, matching_of
from core.renewables.hourly_plain import percent_down, tenths
from core.renewables.readiness import Readiness, draft, readiness
from core.series.metered import Metered
from core.solar.battery import Battery
from gui.language import _, say
from gui.latest import Latest
from gui.page import Page
from gui.plots.cells import HeatData
from gui.plots.heat import HeatMap
from gui.quality.parts import combo
from gui.renewables.view import View
from gui.session import Session
from gui.settings import Settings
from gui.solar.parts import drawn, figure
from gui.solar.words import mwh
from gui.tables.table import Column, Table
from gui.widgets import button, card, clear, label, marked, subheading
from gui.wording import named

UNMATCHED, EXCESS = "unmatched", "excess"
PLOT_LINES, ROWS_SEEN = 20, 8
STATES = {"ready": ("check", "good"), "part": ("warning", "warning"), "missing": ("error", "bad"),
          "not_needed": ("info", "accent")}  # fmt: skip
"""Icon and colour of what is ready."""


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """What was worked out."""

    matching: Matching
    flexed: tuple[Flexed, ...]
    ready: tuple[Readiness, ...]
    draft: Text


@dataclass(frozen=True, slots=True)
class FlexRow:
    """A battery or a shift as a row."""

    id: int
    what: str
    size: float
    score: Decimal | None
    gained: float
    """Matched besides. [kWh]"""
    unmatched: int
    lost: float
    """[kWh]"""


class HourlyView(View):
    """Score, heat map, what would change it, readiness; or what is missing."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(page, session, settings)
        self.found: Hours | None = None
        """What was last worked out."""
        self._asked: tuple[object, ...] = ()
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(lambda why: page.tell("bad", why))
        self._busy = label(_("Calculating…"), "muted")
        self.latest.busy_changed.connect(self._busy.setVisible)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(12)
        self.shows = combo(_("What the colours mean"), [(_("Not met"), UNMATCHED), (_("Left over"), EXCESS)])
        self.shows.activated.connect(lambda _row: self._show_heat())
        self.heat = HeatMap(_("Hours that are not met"), self.shows)
        self._heat_card = drawn(self.heat, PLOT_LINES)
        self.table: Table[FlexRow] = Table(
            "hourly_flexing", _columns(), settings, name=_("What storage or moved load would change"), editable=False
        )
        row = self.table.view.verticalHeader().defaultSectionSize()
        self.table.view.setMinimumHeight(row * ROWS_SEEN + 44)
        self._lacking_card, self._lacking = card()
        self._ready_card, self._ready = card()
        self._flex_card, flex = card()
        flex.addWidget(subheading(_("What storage or moved load would change")))
        flex.addWidget(self.table, 1)
        self.column.addWidget(self._busy)
        self.column.addLayout(self._figures)
        self.column.addWidget(self._lacking_card)
        self.column.addWidget(self._heat_card)
        self.beside((self._flex_card, 1), (self._ready_card, 1))
        self.column.addStretch(1)
        for one in (self._busy, self._lacking_card, self._heat_card, self._flex_card, self._ready_card):
            one.hide()

    def refresh(self) -> None:
        """Ask anew when something has changed; what is shown stays until the answer comes."""
        session = self.session
        asked = (session.ledger, session.library, session.year)
        if self._asked and all(one is other for one, other in zip(self._asked, asked, strict=True)):
            return
        self._asked = asked
        self.latest.ask(self._question())

    def _question(self) -> Callable[[], Hours]:
        session = self.session
        ledger, library, period = session.ledger, session.library, session.choices.period
        reader = session.file.reader()

        def work() -> Hours:
            with reader:
                matching = matching_of(Metered(ledger, reader.blob), period)
                matched = matching.matched
                able = matched is not None and matched.total.present > 0 and isinstance(matched.interval, int)
                flexed = variants(matched) if able and matched is not None and matching.supplies else ()
                return Hours(matching, flexed, readiness(ledger, matching, library), draft(ledger))

        return work

    def _answered(self, found: Hours) -> None:
        self.found = found
        matched = found.matching.matched
        known = matched is not None and matched.total.present > 0
        clear(self._figures)
        if matched is not None and known:
            for one in figures(matched.total):
                self._figures.addWidget(one, 1)
        self._show_lacking(found.matching, known=known)
        self._heat_card.setVisible(known)
        self._flex_card.setVisible(bool(found.flexed))
        self._ready_card.show()
        self._show_heat()
        self.table.set_rows(flex_rows(found.flexed, matched.total) if matched is not None else [])
        self._show_ready(found)

    # ------------------------------------------------------------------ parts

    def _show_lacking(self, matching: Matching, *, known: bool) -> None:
        clear(self._lacking)
        self._lacking_card.setVisible(not known or bool(matching.notes))
        if not known:
            self._lacking.addWidget(subheading(_("What is missing to match hour by hour")))
            self._lacking.addWidget(label(_("Certificates of a year say nothing about the hour. Interval data of what "
                                            "is bought, fed in and generated do."), "muted", wrap=True))  # fmt: skip
        for note in matching.notes:
            self._lacking.addWidget(marked("info", "accent", say(note)))
        if not known:
            go = button(_("Go to the meters"), lambda: self.go.emit("meters", None), role="primary")
            row = QHBoxLayout()
            row.addWidget(go)
            row.addStretch(1)
            self._lacking.addLayout(row)

    def _show_heat(self) -> None:
        matched = None if self.found is None else self.found.matching.matched
        if matched is not None and isinstance(matched.interval, int) and matched.total.present:
            self.heat.show_data(heat_of(matched, excess=self.shows.currentData() == EXCESS))

    def _show_ready(self, found: Hours) -> None:
        clear(self._ready)
        self._ready.addWidget(subheading(_("Data for the revised Scope 2 rules")))
        self._ready.addWidget(label(say(found.draft), "muted", wrap=True))
        for one in found.ready:
            icon, ink = STATES[one.state]
            self._ready.addWidget(marked(icon, ink, named(say(one.title), say(one.found))))
            if one.remedy is not None:
                told = label(say(one.remedy), "muted", wrap=True)
                told.setContentsMargins(22, 0, 0, 4)
                self._ready.addWidget(told)
        self._ready.addStretch(1)


def figures(total: Score) -> list[QWidget]:
    """Score and volume side by side, each rounded down."""
    load, supply, matched = (tenths(value) for value in (total.load, total.supply, total.matched))
    by_hour, by_sum = percent_down(matched, load), percent_down(min(supply, load), load)
    return [
        figure(_("Matched hour by hour"), _shown(by_hour), "%", _("{mwh} of {load} MWh", mwh=mwh(matched),
                                                                  load=mwh(load))),
        figure(_("Matched by volume"), _shown(by_sum), "%", _("what the sums of the year say")),
        figure(_("Hours not met"), show_number(Decimal(total.unmatched_hours)), "h",
               _("in whole or in part")),
        figure(_("Hours known"), _shown(percent_down(Decimal(total.present), Decimal(total.expected))), "%",
               _("only they count")),
    ]  # fmt: skip


def _shown(value: Decimal | None) -> str:
    return "–" if value is None else show_number(value, 2)


def heat_of(matched: Matched, *, excess: bool = False) -> HeatData:
    """Mean power that was not met, or left over, by the clock and day."""
    found = matched.heat(matched.excess if excess else None)
    title = _("Generated when there was no load for it") if excess else _("Electricity that nothing renewable met")
    return HeatData(title, found.first, np.where(found.hours > 0, found.mean, np.nan), "kW", _("Mean power"),
                    matched.zone)  # fmt: skip


def flex_rows(flexed: tuple[Flexed, ...], now: Score) -> list[FlexRow]:
    """Today first, then each size."""
    rows = [FlexRow(0, _("Today"), 0.0, _score(now), 0.0, now.unmatched_hours, 0.0)]
    for place, one in enumerate(flexed, 1):
        total = one.total
        if isinstance(one.size, Battery):
            what = _("Storage {capacity} kWh, {power} kW", capacity=show_number(tenths(one.size.capacity)),
                     power=show_number(tenths(one.size.power)))  # fmt: skip
            size = one.size.capacity
        else:
            what, size = _("{percent} % of the load moved within the day",
                           percent=show_number(tenths(100 * one.size))), one.size  # fmt: skip
        rows.append(FlexRow(place, what, size, _score(total), total.matched - now.matched, total.unmatched_hours,
                            one.lost))  # fmt: skip
    return rows


def _score(total: Score) -> Decimal | None:
    return percent_down(tenths(total.matched), tenths(total.load))


def _columns() -> list[Column[FlexRow]]:
    return [
        Column("what", _("Variant"), lambda r: r.what, sort=lambda r: r.id, width=34, stretch=True),
        Column("score", _("Matched"), lambda r: _shown(r.score), "%", "right", lambda r: r.score or Decimal(0),
               width=9),
        Column("gained", _("More matched"), lambda r: mwh(r.gained) if r.id else "–", "MWh", "right",
               lambda r: r.gained, width=10),
        Column("unmatched", _("Hours not met"), lambda r: f"{r.unmatched:,}", "h", "right", lambda r: r.unmatched,
               width=10),
        Column("lost", _("Lost"), lambda r: mwh(r.lost) if r.id else "–", "MWh", "right", lambda r: r.lost, width=9),
    ]  # fmt: skip
