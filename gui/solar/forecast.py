"""The years to come: energy with its uncertainty, tonnes with a grid that stays and one that falls, money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import show_number
from core.ledger import Tariff
from core.solar.economics import Finance
from core.solar.forecast import Forecast
from gui.language import _, say
from gui.plots.curve import Curve
from gui.plots.lines import CurveData, Line, Scale
from gui.quality.parts import combo
from gui.session import Session
from gui.settings import Settings
from gui.solar.assumptions import AssumptionList, with_value
from gui.solar.parts import Across, View, drawn, figure, sentence, titled
from gui.solar.words import factor_words, money, mwh, percent, plain, shown
from gui.solar.work import Solved
from gui.tables.table import Column, Table
from gui.theme import tokens
from gui.widgets import clear, label, letters
from gui.wording import named

ROWS = 12
ACROSS = 4
"""Key figures in a line, where it has room for them."""


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year, or all of them."""

    id: str
    title: str
    p50: float
    p90: float
    factor: float | None
    constant: float
    falling: float
    modules: float | None
    flow: float | None
    """Payment of the year, the investment in the first row. [money]"""


class ForecastView(View):
    """Assumptions at the left, what follows from them at the right."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__(session)
        self._solved: Solved | None = None
        self.basis = combo(_("Grid factor of the first year"), [])
        self.basis.setSizeAdjustPolicy(self.basis.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.basis.setMinimumContentsLength(18)
        self.basis.activated.connect(lambda _row: self.based.emit(str(self.basis.currentData())))
        self.assumptions = AssumptionList(self.basis, self._currency)
        self.assumptions.stated.connect(self._stated)
        self.energy, self.tonnes = Curve(_("Energy a year")), Curve(_("Avoided a year"))
        self.table: Table[YearRow] = Table(
            "solar_forecast", columns(self._currency()), settings, name=_("The years to come, in numbers")
        )
        self.table.show_at_least(ROWS)
        self._lay_out()

    def _lay_out(self) -> None:
        left, inside = titled(_("Assumptions"))
        inside.addWidget(self.assumptions)
        left.setMinimumWidth(letters(self, 44))
        self._figures, self._plots = Across(ACROSS), Across()
        self._lacking, self._notes = QVBoxLayout(), QVBoxLayout()
        self._notes.setSpacing(4)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(self._lacking)
        right.addWidget(self._figures)
        self._plots.show_cards([(drawn(self.tonnes, 16), 1), (drawn(self.energy, 16), 1)])
        right.addWidget(self._plots)
        right.addWidget(self.table, 1)
        right.addLayout(self._notes)
        right.addStretch()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 4)
        row.addLayout(right, 7)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def _currency(self) -> str:
        held = self.session.ledger.held(Tariff)
        return held[0].currency if held else ""

    # ------------------------------------------------------------------ show

    def show_solved(self, solved: Solved | None) -> None:
        self._solved = solved
        self._figures.show_cards(())
        clear(self._lacking)
        clear(self._notes)
        forecast = None if solved is None or solved.outlook is None else solved.outlook.forecast
        for part in (self._figures, self._plots, self.table):
            part.setVisible(forecast is not None)
        if solved is None:
            return
        self.assumptions.show_system(self.system_of(solved), self.session.writable)
        self._offer_bases(solved)
        if forecast is None:
            self._say_why(solved)
            return
        self._figures.show_cards((one, 1) for one in key_figures(forecast, self._currency()))
        self.energy.show_data(energy_chart(forecast))
        self.tonnes.show_data(tonnes_chart(forecast))
        self.table.set_rows(rows_of(forecast))
        for words in remarks(forecast, solved):
            self._notes.addWidget(label(words, "muted", size=0.92, wrap=True))

    def _offer_bases(self, solved: Solved) -> None:
        self.basis.clear()
        for one in () if solved.outlook is None else solved.outlook.answers:
            if one.factor is not None:
                self.basis.addItem(named(say(one.basis.title), f"{show_number(one.factor.value)} t/MWh"), one.basis.key)
        self.basis.setCurrentIndex(max(0, self.basis.findData(solved.basis)))

    def _say_why(self, solved: Solved) -> None:
        found = solved.observed
        if found is not None and found.typical is None:
            words = _("A forecast begins with the energy of an average year: the system has no weather yet.")
            act = (_("Add weather"), lambda: self.wants.emit("weather"))
            self._lacking.addWidget(sentence("info", words, act if self.session.writable else None))
        for note in () if solved.outlook is None else solved.outlook.notes:
            self._lacking.addWidget(sentence("info", say(note)))
        if found is None:
            self._lacking.addWidget(sentence("info", _("Nothing can be said of the system yet.")))

    def _stated(self, key: str, text: str) -> None:
        if self._solved is not None:
            title = self.assumptions.lines[key].assumed.title
            self.restated.emit(with_value(self.system_of(self._solved), key, text), say(title))


# ---------------------------------------------------------------------- figures


def key_figures(found: Forecast, currency: str) -> Iterator[QWidget]:
    """Energy, tonnes, money."""
    years = len(found.years)
    yield figure(
        _("Energy of {years} years", years=years),
        shown(found.p50 / 1000.0, 0),
        "MWh",
        _("P50; P90 is {energy}", energy=shown(found.p90 / 1000.0, 0)),
    )
    yield figure(_("Avoided, grid as it is"), shown(found.constant, 0), "t", _("the first factor for ever"))
    yield figure(_("Avoided, falling grid"), shown(found.falling, 0), "t", _path(found))
    yield _modules(found)
    if found.money is None:
        return
    yield from money_figures(found.money, currency, found.money_p90)


def _path(found: Forecast) -> str:
    grid = found.assumptions.grid
    if grid.table:
        return _("by the table of factors")
    if grid.decline:
        return _("{percent} % less each year", percent=f"{100 * grid.decline:g}")
    return _("no fall is assumed")


def _modules(found: Forecast) -> QWidget:
    name = _("Life cycle of modules")
    if found.modules is None:
        return figure(name, shown(None, 0), "t", _("no factor is published for this place"))
    net = found.net_falling
    return figure(name, shown(found.modules, 0), "t", _("leaves {net} t, falling grid", net=shown(net, 0)))


def money_figures(found: Finance, currency: str, low: Finance | None) -> Iterator[QWidget]:
    """Net present value, rate of return, cost of a kilowatt-hour, payback."""
    at_p90 = "" if low is None else _("with P90 {npv}", npv=money(low.npv))
    yield figure(_("Net present value"), money(found.npv), currency, at_p90)
    rate = percent(found.irr.rate)
    yield figure(_("Internal rate of return"), rate, "%", _roots(found))
    yield figure(
        _("Cost of a kWh (LCOE)"),
        shown(found.lcoe, 3),
        f"{currency}/kWh".lstrip("/"),
        _("nominal; real {cost}", cost=shown(found.lcoe_real, 3)),
    )
    yield figure(
        _("Paid back after"),
        shown(found.payback, 1),
        _("years"),
        _("discounted {years} years", years=shown(found.discounted_payback, 1)),
    )


def _roots(found: Finance) -> str:
    if found.irr.count == 1:
        return _("one root")
    if not found.irr.count:
        return _("no root, so there is none")
    return _("{count} roots: go by the net present value", count=found.irr.count)


def remarks(found: Forecast, solved: Solved) -> Iterator[str]:
    """What it rests on, and what it is not."""
    assumed = found.assumptions
    yield _(
        "Begins in {year} with {energy} MWh of new modules in average weather; {deviation} % standard deviation.",
        year=str(assumed.first_year),
        energy=mwh(assumed.energy),
        deviation=percent(found.deviation),
    )
    factor = None if solved.outlook is None else solved.outlook.factor(solved.basis)
    if factor is not None:
        yield _("Grid factor: {factor}", factor=factor_words(factor))
    yield say(assumed.grid.text)
    if found.money is not None:
        yield _("{roots} Before taxes and loans.", roots=say(found.money.roots))
    else:
        yield _("Enter the investment to see net present value, rate of return, cost of a kWh and payback.")
    yield say(found.note)


# ---------------------------------------------------------------------- plots


def energy_chart(found: Forecast) -> CurveData:
    """P50, and down to P90."""
    x, p50, p90 = (_column(found, name) for name in ("year", "p50", "p90"))
    colour = tokens().series[0]
    return CurveData(
        _("Energy a year"),
        Scale(_("Year"), kind="year"),
        Scale(_("Energy"), "MWh"),
        (
            Line(_("P90 to P50"), x, p90 / 1000.0, "band", p50 / 1000.0, colour),
            Line("P50", x, p50 / 1000.0, colour=colour),
            Line("P90", x, p90 / 1000.0, colour=colour, dashed=True),
        ),
    )


def tonnes_chart(found: Forecast) -> CurveData:
    """With a factor that stays, and one that falls."""
    x = _column(found, "year")
    lines = [
        Line(_("Grid as it is"), x, _column(found, "constant"), colour=tokens().series[1], dashed=True),
        Line(_("Falling grid"), x, _column(found, "falling"), colour=tokens().series[0]),
    ]
    if found.modules is not None:
        lines.append(Line(_("Modules"), x, _column(found, "modules"), colour=tokens().muted))
    return CurveData(
        _("Avoided a year"), Scale(_("Year"), kind="year"), Scale(_("Avoided, memo"), "t"),
        tuple(lines), zero=True,
    )  # fmt: skip


def _column(found: Forecast, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([float(getattr(year, name)) for year in found.years])


# ---------------------------------------------------------------------- table


def rows_of(found: Forecast) -> list[YearRow]:
    """The investment, each year, all of them."""
    flows = None if found.money is None else found.money.flows.tolist()
    rows = []
    if flows is not None:
        rows.append(YearRow("0", _("Investment"), 0.0, 0.0, None, 0.0, 0.0, None, flows[0]))
    for year in found.years:
        flow = None if flows is None else flows[year.number]
        rows.append(
            YearRow(str(year.year), str(year.year), year.p50, year.p90, year.factor, year.constant, year.falling,
                    year.modules, flow)
        )  # fmt: skip
    whole = None if flows is None else sum(flows)
    rows.append(
        YearRow(
            "total", _("All years"), found.p50, found.p90, None, found.constant, found.falling, found.modules, whole
        )
    )
    return rows


def columns(currency: str) -> list[Column[YearRow]]:
    """Of the table."""

    def amount(key: str, title: str, unit: str, scale: float, places: int) -> Column[YearRow]:
        def value(row: YearRow) -> float | None:
            found = getattr(row, key)
            return None if found is None or (not found and row.id == "0") else float(found) / scale

        return Column(
            key, title, lambda row: shown(value(row), places), unit, "right", lambda row: value(row) or 0.0,
            lambda row: plain(value(row)), width=7,
        )  # fmt: skip

    return [
        Column("year", _("Year"), lambda row: row.title, sort=lambda row: row.id, width=10),
        amount("p50", _("Energy"), _("P50, MWh"), 1000.0, 1),
        amount("p90", _("Energy"), _("P90, MWh"), 1000.0, 1),
        amount("factor", _("Grid factor"), "t/MWh", 1.0, 4),
        amount("constant", _("Avoided"), _("constant, t"), 1.0, 1),
        amount("falling", _("Avoided"), _("falling, t"), 1.0, 1),
        amount("modules", _("Modules"), _("life cycle, t"), 1.0, 1),
        amount("flow", _("Payment"), currency, 1.0, 0),
    ]
