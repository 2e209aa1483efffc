"""The result on one page: scopes in both views of electricity, the seven gases, what stands apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, verbatim
from core.inventory.totals import MARKET
from core.library import GASES
from core.methods import BIOGENIC, OTHER
from core.report.data import percent, signed_tonnes, tonnes
from core.report.flow import Remark, heading, lead, note
from core.report.group.data import ZERO, GroupData
from core.report.style import BODY, SIGNAL
from core.report.table import Column, Row, Table

TITLE = T("Summary")
ORDER = 10


def story(data: GroupData, lang: str) -> list[Any]:
    """One sentence, what is lacking, three tables."""
    opening = T(
        "In {year}, {group} caused {location} by the location-based and {market} by the market-based method.",
        year=data.year,
        group=verbatim(data.group.name),
        location=signed_tonnes(data.location),
        market=signed_tonnes(data.market),
    )
    return [
        lead(data.tr(opening, lang)),
        *_lacking(data, lang),
        heading(data.tr(T("Emissions by scope"), lang), f"scopes-{lang}"),
        _scopes(data, lang),
        note(data.tr(T("Both methods use the same kilowatt-hours; they are never added to each other."), lang)),
        heading(data.tr(T("Emissions by gas"), lang), f"gases-{lang}"),
        _gases(data, lang),
        heading(data.tr(T("Reported apart"), lang), f"apart-{lang}"),
        _apart(data, lang),
    ]


def _lacking(data: GroupData, lang: str) -> list[Any]:
    """Nobody reads a total without seeing which plants are not in it."""
    out = [one.name for one in data.contents.absent if one.state not in ("late", "outside")]
    if not out:
        return []
    said = T("Not in these numbers: {plants}. Nothing was estimated in their place.", plants=out[:12])
    if len(out) > 12:
        said = T("Plants that are not in these numbers: {count}, see “Completeness”. Nothing was estimated in their "
                 "place.", count=len(out))  # fmt: skip
    return [Remark(data.tr(said, lang), BODY, SIGNAL)]


def _scopes(data: GroupData, lang: str) -> Table:
    totals = data.totals
    columns = [
        Column("", 1.6),
        Column(data.tr(T("Location-based, t CO2e"), lang), 92, "right", fixed=True),
        Column(data.tr(T("Share"), lang), 44, "right", fixed=True),
        Column(data.tr(T("Market-based, t CO2e"), lang), 92, "right", fixed=True),
        Column(data.tr(T("Share"), lang), 44, "right", fixed=True),
    ]
    names = (
        (T("Scope 1: direct emissions"), "scope1", "scope1"),
        (T("Scope 2: purchased energy"), "scope2_location", "scope2_market"),
        (T("Scope 3: other indirect emissions"), "scope3", "scope3"),
    )
    rows = [
        Row((data.tr(name, lang), tonnes(totals[left]), percent(totals[left], data.location), tonnes(totals[right]),
             percent(totals[right], data.market)))
        for name, left, right in names
    ]  # fmt: skip
    whole = (data.tr(T("Total"), lang), tonnes(data.location), percent(data.location, data.location),
             tonnes(data.market), percent(data.market, data.market))  # fmt: skip
    return Table(columns, [*rows, Row(whole, "total")], after=6)


def _gases(data: GroupData, lang: str) -> Table:
    location, market = data.sums(lambda cell: cell[3]), data.sums(lambda cell: cell[3], MARKET)
    columns = [
        Column(data.tr(T("Gas"), lang), 1.0),
        Column(data.tr(T("Location-based, t CO2e"), lang), 104, "right", fixed=True),
        Column(data.tr(T("Share"), lang), 44, "right", fixed=True),
        Column(data.tr(T("Market-based, t CO2e"), lang), 104, "right", fixed=True),
    ]
    rows = [
        Row((gas, tonnes(location.get(gas, ZERO)), percent(location.get(gas, ZERO), data.location),
             tonnes(market.get(gas, ZERO))))
        for gas in GASES
    ]  # fmt: skip
    whole = (data.tr(T("Total"), lang), tonnes(data.location), percent(data.location, data.location),
             tonnes(data.market))  # fmt: skip
    return Table(columns, [*rows, Row(whole, "total")], after=4)


def _apart(data: GroupData, lang: str) -> Table:
    columns = [Column("", 1.0), Column("", 104, "right", fixed=True)]
    rows: list[tuple[Any, Decimal]] = [
        (T("Biogenic CO2, not in any scope (t CO2)"), data.memos[BIOGENIC]),
        (T("Gases outside the seven, such as R-22 (t CO2e)"), data.memos[OTHER]),
        (T("Avoided by own generation, memo (t CO2e)"), data.totals["avoided"]),
        (T("Energy sold to others, memo (t CO2e)"), data.totals["exported"]),
    ]
    return Table(columns, [Row((data.tr(name, lang), tonnes(value))) for name, value in rows], after=4, header=False)
