"""The result on one page: scopes in both views of electricity, the seven gases, and what stands apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, show_date, verbatim
from core.library import GASES
from core.report.data import ReportData, kilograms, percent, signed_tonnes, tonnes
from core.report.flow import Remark, heading, lead, note
from core.report.plans.headlines import headlines
from core.report.style import BODY, SOLAR
from core.report.table import Column, Row, Table

TITLE = T("Summary")
ORDER = 10


def story(report: ReportData, lang: str) -> list[Any]:
    """One sentence, where share and target stand, three tables, and the sentence about avoided emissions."""
    totals, period = report.inventory.totals, report.period
    opening = T(
        "From {start} to {end}, {plant} caused {location} by the location-based and {market} by the market-based "
        "method.",
        start=show_date(period.start, lang),
        end=show_date(period.end, lang),
        plant=verbatim(report.inventory.plant.name),
        location=signed_tonnes(totals.location),
        market=signed_tonnes(totals.market),
    )
    return [
        lead(report.tr(opening, lang)),
        *headlines(report, lang),
        heading(report.tr(T("Emissions by scope"), lang), f"scopes-{lang}"),
        _scopes(report, lang),
        note(report.tr(T("Both methods use the same kilowatt-hours; they are never added to each other."), lang)),
        heading(report.tr(T("Emissions by gas"), lang), f"gases-{lang}"),
        _gases(report, lang),
        heading(report.tr(T("Reported apart"), lang), f"apart-{lang}"),
        _apart(report, lang),
        *_avoided(report, lang),
    ]


def _avoided(report: ReportData, lang: str) -> list[Any]:
    """What a memo means; nothing without one."""
    totals = report.inventory.totals
    if not totals.avoided:
        return []
    return [
        Remark(
            report.tr(
                T(
                    "Avoided emissions are a memo: {avoided} that other plants of the grid did not emit. "
                    "They are never subtracted and never change a total.",
                    avoided=signed_tonnes(totals.avoided),
                ),
                lang,
            ),
            BODY,
            SOLAR,
        )
    ]


def _scopes(report: ReportData, lang: str) -> Table:
    scopes, totals = report.inventory.totals.scopes, report.inventory.totals
    columns = [
        Column("", 1.6),
        Column(report.tr(T("Location-based, t CO2e"), lang), 92, "right", fixed=True),
        Column(report.tr(T("Share"), lang), 44, "right", fixed=True),
        Column(report.tr(T("Market-based, t CO2e"), lang), 92, "right", fixed=True),
        Column(report.tr(T("Share"), lang), 44, "right", fixed=True),
    ]
    names = [
        (T("Scope 1: direct emissions"), "scope1", "scope1"),
        (T("Scope 2: purchased energy"), "scope2_location", "scope2_market"),
        (T("Scope 3: other indirect emissions"), "scope3", "scope3"),
    ]
    rows = [
        Row((
            report.tr(name, lang),
            tonnes(scopes[left]),
            percent(scopes[left], totals.location),
            tonnes(scopes[right]),
            percent(scopes[right], totals.market),
        ))
        for name, left, right in names
    ]  # fmt: skip
    whole = (
        report.tr(T("Total"), lang),
        tonnes(totals.location),
        _all(totals.location),
        tonnes(totals.market),
        _all(totals.market),
    )
    return Table(columns, [*rows, Row(whole, "total")], after=6)


def _all(total: Decimal) -> str:
    return percent(total, total)


def _gases(report: ReportData, lang: str) -> Table:
    totals = report.inventory.totals
    mass = {gas: Decimal(0) for gas in GASES}
    for line in report.counted:
        if line.scope != "scope2_market":
            for gas, kg in line.kg.items():
                mass[gas] += kg
    columns = [
        Column(report.tr(T("Gas"), lang), 1.0),
        Column(report.tr(T("Mass, location-based, kg"), lang), 104, "right", fixed=True),
        Column(report.tr(T("Location-based, t CO2e"), lang), 104, "right", fixed=True),
        Column(report.tr(T("Market-based, t CO2e"), lang), 104, "right", fixed=True),
    ]
    rows = [
        Row((gas, kilograms(mass[gas]), tonnes(totals.gases[gas]), tonnes(totals.gases_market[gas]))) for gas in GASES
    ]
    whole = Row((report.tr(T("Total"), lang), "", tonnes(totals.location), tonnes(totals.market)), "total")
    return Table(columns, [*rows, whole], after=4)


def _apart(report: ReportData, lang: str) -> Table:
    totals = report.inventory.totals
    columns = [Column("", 1.0), Column("", 104, "right", fixed=True)]
    rows = [
        (T("Biogenic CO2, not in any scope (t CO2)"), totals.biogenic),
        (T("Gases outside the seven, such as R-22 (t CO2e)"), totals.other),
        (T("Avoided by own generation, memo (t CO2e)"), totals.avoided),
        (T("Energy sold to others, memo (t CO2e)"), totals.scopes["exported"]),
    ]
    return Table(columns, [Row((report.tr(name, lang), tonnes(value))) for name, value in rows], after=4, header=False)
