"""The first view of a PV system: did it give what it should, what is it worth, what cannot be said and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.ledger import PvArray, PvSystem
from core.solar import SolarFigures, summary
from core.solar.system import Observed
from gui.language import _, say
from gui.plots.curve import Curve
from gui.plots.lines import CurveData, Line, Scale
from gui.session import Session
from gui.solar.described import described
from gui.solar.months import MonthPlot, Months
from gui.solar.notes import FAR, Act, notes, share_of_average
from gui.solar.parts import Across, View, drawn, facts, figure, sentence, titled
from gui.solar.words import SHORT, factor_words, gas_sign, money, month_names, mwh, netted_by, percent, shown
from gui.solar.work import Solved
from gui.widgets import clear, label, rule
from gui.wording import TONNES, tonnes

LINES = 14
"""Height of the plots."""


class Overview(View):
    """Key figures, expected against measured, what cannot be said, the system."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._figures = Across()
        self.column.addWidget(self._figures)
        self.months = MonthPlot(_("Expected against measured"))
        self.ratios = Curve(_("Performance ratio by month"))
        self._months_card, self._ratios_card = drawn(self.months, LINES), drawn(self.ratios, LINES)
        self.beside((self._months_card, 13), (self._ratios_card, 9))
        judged, self._judged = titled(_("What stands out"))
        system, self._system = titled(_("The system"))
        self._notes, self._about = QVBoxLayout(), QVBoxLayout()
        self._notes.setSpacing(9)
        for place, part in ((self._judged, self._notes), (self._system, self._about)):
            place.addLayout(part)
            place.addStretch(1)
        self.beside((judged, 1), (system, 1))
        self.column.addStretch(1)

    def show_solved(self, solved: Solved | None) -> None:
        self._figures.show_cards(())
        clear(self._notes)
        clear(self._about)
        if solved is None:
            return
        found = solved.observed
        self._figures.show_cards(key_figures(solved, billed(self.session, solved.system)))
        self._show_plots(found)
        for level, words, act in notes(solved, self.session.writable):
            self._notes.addWidget(sentence(level, words, self._bound(act)))
        self._show_system(solved)

    def _show_plots(self, found: Observed | None) -> None:
        ratios = None if found is None else ratios_of(found)
        self._months_card.setVisible(found is not None)
        self._ratios_card.setVisible(ratios is not None)
        if found is not None:
            self.months.show_months(months_of(found))
        if ratios is not None:
            self.ratios.show_data(ratios)

    def _show_system(self, solved: Solved) -> None:
        system = self.system_of(solved)
        arrays = [one for one in self.session.ledger.held(PvArray) if one.system == system.id]
        self._about.addLayout(facts(list(described(system, arrays, self.session.ledger))))
        factor = None if solved.outlook is None else solved.outlook.factor(solved.basis)
        if factor is not None:
            self._about.addWidget(rule())
            self._about.addWidget(label(_("Grid factor of the avoided tonnes"), strong=True))
            self._about.addWidget(label(factor_words(factor), "muted", size=0.92, wrap=True))

    def _bound(self, act: Act | None) -> tuple[str, Callable[[], object]] | None:
        if act is None:
            return None
        words, key = act
        return words, lambda: self.wants.emit(key)


# ---------------------------------------------------------------------- key figures


def billed(session: Session, system: PvSystem) -> SolarFigures | None:
    """What the bills of a system say; of all where it names none. None without bills."""
    found = summary(session.inventory, session.library.units)
    if found.empty:
        return None
    return next((one.total for one in found.sources if one.source == system.source), found.total)


def key_figures(solved: Solved, bills: SolarFigures | None) -> Iterator[tuple[QWidget, int]]:
    """The cards, each with its share of the width."""
    found = solved.observed
    if found is None:
        return
    yield figure(_("Generated"), mwh(found.energy), "MWh", *against_average(found)), 9
    yield _earned(solved), 8
    yield _avoided(solved, bills), 8
    yield _self_consumption(found, bills), 7
    yield _ratio(found), 7
    yield _availability(found), 7


def _earned(solved: Solved) -> QWidget:
    """What the plant did not have to buy, and what it was paid for feed-in: the first thing a manager asks."""
    name, found = _("Earned"), solved.outlook
    if found is None or found.saved is None or found.revenue is None:
        return figure(name, shown(None, 0), "", _("needs a tariff of this year and meters of use: see “Use and money”"))
    saved, fed = found.saved, found.revenue
    caption = _("{saved} not bought, {fed} for feed-in", saved=money(saved.money), fed=money(fed.money))
    return figure(name, money(saved.money + fed.money), saved.currency, caption)


def _ratio(found: Observed) -> QWidget:
    figures = found.whole.figures if found.whole is not None else {}
    ratio = figures.get("performance_ratio")
    if ratio is None or not ratio.value:
        return figure(_("Performance ratio"), shown(None, 3), "", _("needs a sensor of the light"))
    return figure(_("Performance ratio"), shown(ratio.value, 3), "", _("of what the measured light allows"))


def against_average(found: Observed) -> tuple[str, str]:
    """How the generation compares with an average year, over the months of which everything is known; and a role."""
    share = share_of_average(found)
    if share is None:
        return (_("no expected yield: choose weather"), "") if found.typical is None else (_("no whole month yet"), "")
    known = [month for month in found.months if month.ratio is not None]
    expected = sum(month.typical or 0.0 for month in known)
    role, of = "warning" if abs(share - 1.0) > FAR else "", mwh(expected)
    if len(known) == len(found.months):
        return _("{percent} % of the {expected} MWh of an average year", percent=percent(share), expected=of), role
    if len(known) == 1:
        return _("{percent} % of the {expected} MWh of that month of an average year", percent=percent(share),
                 expected=of), role  # fmt: skip
    return _(
        "{percent} % of the {expected} MWh of {count} months of an average year",
        percent=percent(share), expected=of, count=len(known),
    ), role  # fmt: skip


def _availability(found: Observed) -> QWidget:
    one = found.availability
    if one is None or one.time is None:
        return figure(_("Availability"), shown(None, 1), "%", _("needs a sensor of the light"))
    caption = _("of the time; {percent} % of the energy", percent=percent(one.energy))
    return figure(_("Availability"), percent(one.time), "%", caption, "warning" if one.time < 1 - FAR else "")


def _self_consumption(found: Observed, bills: SolarFigures | None) -> QWidget:
    name = _("Self-consumption")
    if found.use is not None:
        caption = _("netted per {interval}", interval=netted_by(found.use.interval))
        return figure(name, percent(found.use.self_consumption), "%", caption)
    if bills is not None and bills.share_of_use is not None:
        return figure(name, percent(bills.share_of_use), "%", _("by the bills, netted per bill"))
    return figure(name, shown(None, 1), "%", _("needs meters of feed-in and purchase"))


def _avoided(solved: Solved, bills: SolarFigures | None) -> QWidget:
    name = _("Avoided (memo)")
    balance = None if solved.outlook is None else solved.outlook.balance
    if balance is not None:
        factor = balance.self_used.factor
        caption = _("at {value} t/MWh of {year}, never subtracted", value=factor.value, year=str(factor.year or "–"))
        return figure(name, tonnes(balance.avoided), f"t {gas_sign(factor.gas)}", caption)
    if bills is not None and bills.avoided:
        return figure(name, tonnes(bills.avoided), TONNES, _("by the bills, never subtracted"))
    return figure(name, shown(None, 1), TONNES, _("needs use and a grid factor"))


# ---------------------------------------------------------------------- plots


def months_of(found: Observed) -> Months:
    """Expected against measured."""

    def column(values: list[float | None]) -> NDArray[np.float64]:
        return np.array([np.nan if value is None else value / 1000.0 for value in values])

    months = found.months
    return Months(
        _("Expected against measured"),
        month_names(month.month for month in months),
        "MWh",
        _("Generation"),
        column([None if month.energy is None else float(month.energy) for month in months]),
        column([month.typical for month in months]),
        column([month.modelled or None for month in months]),
    )


def ratios_of(found: Observed) -> CurveData | None:
    """The performance ratios of the months; None where none is known."""
    places = np.arange(len(found.months), dtype=np.float64)
    lines = []
    for key in ("performance_ratio", "performance_ratio_25"):
        values = [np.nan if m.performance is None else m.performance[key].value for m in found.months]
        column = np.array([np.nan if value is None else value for value in values])
        if np.isfinite(column).any():
            lines.append(Line(say(SHORT[key]), places, column, dashed=key != "performance_ratio"))
    if not lines:
        return None
    names = month_names(month.month for month in found.months)
    return CurveData(
        _("Performance ratio by month"), Scale("", kind="names", names=names), Scale(_("PR")), tuple(lines)
    )
