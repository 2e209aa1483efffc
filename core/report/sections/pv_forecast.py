"""The years to come of each PV system: energy, tonnes with a grid that stays and one that becomes cleaner, money."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from core.i18n import T, Text
from core.inventory.energy.outlook import StatedFinance, StatedForecast, StatedYear
from core.inventory.energy.systems import StatedSystem
from core.ledger.codec import read_decimal
from core.library import EXACT
from core.report.curves import Curve, curves
from core.report.data import ReportData, exact, publisher_name
from core.report.facts import facts, mwh, number, share, short, subtitle
from core.report.flow import Figure, Figures, Gap, Remark, headed, heading, lead, note
from core.report.style import BODY, GUTTER, SCOPE1, SCOPE2, SOLAR, SOLAR_DEEP, WIDTH, Colour
from core.report.table import Column, Row, Table
from core.solar.economics import PARAMETERS

TITLE = T("PV systems: the years to come")
ORDER = 33
_EVERY = 5
"""Years told in the table: the first, each fifth and the last; all stand in the attached data."""


def story(report: ReportData, lang: str) -> list[Any]:
    """Each system by itself. Nothing without a forecast."""
    energy = report.package.energy
    flow: list[Any] = []
    for system in () if energy is None else energy.systems:
        forecast = system.outlook.forecast
        if forecast is not None and forecast.rows:
            flow += _system(report, system, forecast, lang)
    return flow


def _system(report: ReportData, system: StatedSystem, forecast: StatedForecast, lang: str) -> list[Any]:
    key = system.id[:40]
    return [
        subtitle(system.name, "pv-forecast", system.id, lang),
        lead(report.tr(_opening(forecast), lang)),
        _figures(report, forecast, lang),
        *_charts(report, forecast, key, lang),
        _table(report, forecast, lang),
        *_life_cycle(report, forecast, lang),
        heading(report.tr(T("What it assumes"), lang), f"pv-assumed-{key}-{lang}"),
        _assumed(report, system, forecast, lang),
        *([] if forecast.money is None else _finance(report, system, forecast.money, key, lang)),
    ]


def _opening(forecast: StatedForecast) -> Text:
    low, high = _kilo(forecast.falling_t), _kilo(forecast.constant_t)
    avoided = T("{tonnes} kt", tonnes=high) if low == high else T("{low} to {high} kt", low=low, high=high)
    return T(
        "In {years} years from {first} on, {p50} GWh are as likely exceeded as not (P50) and avoid {avoided}; nine "
        "chances in ten exceed {p90} GWh (P90).",
        years=len(forecast.rows),
        first=str(forecast.first_year),
        p50=_giga(forecast.p50_kwh),
        p90=_giga(forecast.p90_kwh),
        avoided=avoided,
    )


def _giga(kwh: Decimal | None) -> str:
    return "–" if kwh is None else exact(EXACT.divide(kwh, Decimal(1_000_000)), 1)


def _kilo(tonnes: Decimal | None) -> str:
    return "–" if tonnes is None else exact(EXACT.divide(tonnes, Decimal(1000)), 1)


def _frozen(forecast: StatedForecast) -> bool:
    """Whether nobody said that the factor of the grid falls: then there is one number and not two."""
    return all(row.constant_t == row.falling_t for row in forecast.rows)


def _figures(report: ReportData, forecast: StatedForecast, lang: str) -> Figures:
    modules = (T("Life cycle of the modules"), _kilo(forecast.modules_t), "kt", SOLAR_DEEP)
    falling = (T("Avoided, factor falling"), _kilo(forecast.falling_t), "kt", SOLAR_DEEP)
    figures = (
        (T("Energy, P50"), _giga(forecast.p50_kwh), "GWh", SOLAR),
        (T("Energy, P90"), _giga(forecast.p90_kwh), "GWh", SOLAR),
        (T("Avoided, factor frozen"), _kilo(forecast.constant_t), "kt", SOLAR_DEEP),
        modules if _frozen(forecast) else falling,
    )
    return Figures(
        [Figure(report.tr(name, lang), value, unit, "", colour) for name, value, unit, colour in figures],
        GUTTER / 2,
        size=18,
    )


_Line: TypeAlias = "tuple[Text, Callable[[StatedYear], Decimal | None], Colour, bool]"


def _charts(report: ReportData, forecast: StatedForecast, key: str, lang: str) -> list[Any]:
    energy: list[_Line] = [
        (T("P50"), lambda row: _mega(row.p50_kwh), SOLAR, False),
        (T("P90"), lambda row: _mega(row.p90_kwh), SOLAR_DEEP, True),
    ]
    tonnes: list[_Line] = [(T("Factor frozen"), lambda row: row.constant_t, SCOPE1, True)]
    if not _frozen(forecast):
        tonnes.append((T("Factor falling"), lambda row: row.falling_t, SCOPE2, False))
    drawn = (
        (T("Energy of each year"), f"pv-years-{key}-{lang}", T("Energy, MWh a year"), energy),
        (T("Avoided in each year"), f"pv-years-t-{key}-{lang}", T("Avoided, t a year"), tonnes),
    )
    flow: list[Any] = []
    for title, mark, axis, lines in drawn:
        chart = curves(
            [Curve(report.tr(name, lang), tuple(map(value, forecast.rows)), colour, dashed)
             for name, value, colour, dashed in lines],
            [str(row.year) for row in forecast.rows], WIDTH, 118, report.tr(axis, lang),
        )  # fmt: skip
        flow += headed(report.tr(title, lang), mark, chart)
    return [*flow, Gap(6)]


def _mega(kwh: Decimal | None) -> Decimal | None:
    return None if kwh is None else EXACT.divide(kwh, Decimal(1000))


def _table(report: ReportData, forecast: StatedForecast, lang: str) -> Table:
    rows = forecast.rows
    shown = [row for place, row in enumerate(rows) if place % _EVERY == 0 or place == len(rows) - 1]
    titles = [T("P50, MWh"), T("P90, MWh"), T("Grid factor, t/MWh"), T("Factor frozen, t"), T("Factor falling, t")]
    if _frozen(forecast):
        titles.pop()
    columns = [
        Column(report.tr(T("Year"), lang), 1.0),
        *(Column(report.tr(title, lang), 74, "right", fixed=True) for title in titles),
    ]
    whole = (
        report.tr(T("All {count} years", count=len(rows)), lang), mwh(forecast.p50_kwh, 0), mwh(forecast.p90_kwh, 0),
        "", number(forecast.constant_t, 0), number(forecast.falling_t, 0),
    )  # fmt: skip
    cut = len(columns)
    return Table(columns, [*(Row(_year(row)[:cut]) for row in shown), Row(whole[:cut], "total")], after=4, pad=2.2)


def _year(row: StatedYear) -> tuple[str, ...]:
    return (
        str(row.year), mwh(row.p50_kwh, 0), mwh(row.p90_kwh, 0), number(row.factor, 4), number(row.constant_t, 0),
        number(row.falling_t, 0),
    )  # fmt: skip


def _life_cycle(report: ReportData, forecast: StatedForecast, lang: str) -> list[Any]:
    said = T("A statement about the future and a memo: none of these tonnes is subtracted from anything.")
    if forecast.modules_t is None:
        return [Remark(report.tr(said, lang), BODY, SOLAR)]
    modules = T(
        "Over the same years the life cycle of the modules emits {tonnes} kt.", tonnes=_kilo(forecast.modules_t)
    )
    between = "" if lang == "zh" else " "
    return [Remark(between.join(report.tr(one, lang) for one in (said, modules)), BODY, SOLAR)]


def _assumed(report: ReportData, system: StatedSystem, forecast: StatedForecast, lang: str) -> Table:
    energy = T("{energy} MWh a year with new modules in average weather", energy=mwh(forecast.new_kwh, 0))
    ageing = T(
        "{first} in the first year, then {rate} a year", first=share(forecast.first_year_loss),
        rate=share(forecast.degradation, 2),
    )  # fmt: skip
    spread = T("standard deviation {share}; P90 = P50 (1 − 1.2816 s)", share=share(forecast.deviation))
    rows = [
        (T("Energy"), report.tr(energy, lang)),
        (T("Degradation"), report.tr(ageing, lang)),
        (T("Uncertainty"), report.tr(spread, lang)),
        (T("Factor of the first year"), report.tr(publisher_name(forecast.factor), lang)),
        (T("Factor from then on"), report.tr(forecast.path, lang)),
    ]
    given = [
        (report.tr(PARAMETERS[key].title, lang), _given(value, PARAMETERS[key].unit, _currency(system)))
        for key, value in system.parameters
        if key in PARAMETERS
    ]
    return facts([*((report.tr(name, lang), said) for name, said in rows), *given], 168)


def _given(value: str, unit: str, currency: str) -> str:
    """A parameter as somebody typed it, with thousands, and the currency of the tariff where there is one."""
    try:
        shown = exact(read_decimal(value))
    except ValueError:
        shown = value
    return f"{shown} {unit.replace('currency', currency)}".replace(" /", "/").strip()


def _currency(system: StatedSystem) -> str:
    """Of the tariff; empty where none is known."""
    earned = system.outlook.saved or system.outlook.feed_in_revenue
    return "" if earned is None else short(earned.currency, 12)


def _finance(report: ReportData, system: StatedSystem, money: StatedFinance, key: str, lang: str) -> list[Any]:
    currency = _currency(system)
    figures = (
        (T("Net present value"), number(money.npv, 0), currency),
        (T("Internal rate of return"), share(money.irr), report.tr(T("roots: {count}", count=money.irr_roots), lang)),
        (T("Cost of a kWh (LCOE)"), number(money.lcoe, 3), f"{currency}/kWh" if currency else ""),
        (T("Payback"), number(money.payback_a, 1), report.tr(T("years"), lang)),
    )
    said = T(
        "{roots} In money of the first year the LCOE is {real}; discounted, the investment comes back after {payback} "
        "years. At P50, without taxes and loans.",
        roots=money.roots,
        real=number(money.lcoe_real, 3),
        payback=number(money.discounted_payback_a, 1),
    )
    return [
        *headed(
            report.tr(T("What it is worth"), lang),
            f"pv-money-{key}-{lang}",
            Figures(
                [Figure(report.tr(name, lang), value, unit, "", SOLAR) for name, value, unit in figures],
                GUTTER / 2,
                size=18,
            ),
        ),
        note(report.tr(said, lang)),
    ]
