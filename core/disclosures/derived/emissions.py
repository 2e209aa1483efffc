"""Greenhouse gases of the year: scopes, gases, kinds of sources, categories of scope 3."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from core.disclosures.derived._lines import lines_in, nothing_recorded, of_lines, of_scopes
from core.disclosures.derived._made import Row, found, lacking, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T
from core.inventory.totals import LOCATION
from core.inventory.views import NATURE_TITLES, ghgp_view
from core.inventory.views.ghgp import Category
from core.inventory.views.rows import nature
from core.library import GASES, OWN
from core.methods import BIOGENIC, Line, all_methods, exact_sum, plain

TONNES = "tCO2e"
PRIMARY = "supplier_specific"
"""The approach of scope 3 that rests on data of the supplier."""


def _scope(key: str, scope: str) -> Callable[[Known], PointValue]:
    """The total of a scope, as the inventory has it."""

    def derive(known: Known) -> PointValue:
        if (why := nothing_recorded(known)) is not None:
            return lacking(key, why, unit=TONNES)
        return found(key, known.inventory.totals.scopes[scope], of_scopes(known, scope), TONNES)

    return derive


def _scope3(known: Known) -> PointValue:
    """Nothing recorded of scope 3 is no scope 3 of zero."""
    if not lines_in(known, "scope3"):
        return lacking("ghg.s3", T("Nothing of scope 3 is calculated for {year}.", year=str(known.year)), unit=TONNES)
    return found("ghg.s3", known.inventory.totals.scopes["scope3"], of_scopes(known, "scope3"), TONNES)


def _gases(known: Known) -> PointValue:
    """All seven gases of scope 1, also those of which there is nothing. [t CO2e]"""
    if (why := nothing_recorded(known)) is not None:
        return lacking("ghg.s1_gas", why, unit=TONNES)
    counted: dict[str, list[Decimal]] = {gas: [] for gas in GASES}
    for line in lines_in(known, "scope1"):
        for amount in line.amounts:
            if amount.gas in counted:
                counted[amount.gas].append(amount.tco2e)
    rows = ((gas, plain(exact_sum(counted[gas]))) for gas in GASES)
    return table("ghg.s1_gas", rows, of_scopes(known, "scope1"), TONNES)


def _types(known: Known) -> PointValue:
    if (why := nothing_recorded(known)) is not None:
        return lacking("ghg.s1_type", why, unit=TONNES)
    sums: dict[str, list[Decimal]] = {}
    for line in lines_in(known, "scope1"):
        sums.setdefault(nature(known.inventory, line), []).append(line.tco2e)
    rows = ((one, plain(exact_sum(sums[one]))) for one in NATURE_TITLES if one in sums)
    return table("ghg.s1_type", rows, of_scopes(known, "scope1"), TONNES)


# ---------------------------------------------------------------------- scope 3


def _categories(known: Known) -> PointValue:
    """Categories that are calculated: how, tonnes, and what of them rests on primary data."""
    if not lines_in(known, "scope3"):
        return lacking(
            "ghg.s3_cat", T("Nothing of scope 3 is calculated for {year}.", year=str(known.year)), unit=TONNES
        )
    rows = (_category(one) for one in ghgp_view(known.inventory).categories if one.row.lines)
    return table("ghg.s3_cat", rows, of_scopes(known, "scope3"), TONNES)


def _category(one: Category) -> Row:
    ways = sorted({way for line in one.row.lines if (way := _approach(line))})
    own = primary(one.row.lines)
    return str(one.number), "; ".join(ways), plain(one.row.tco2e), plain(own)


def _approach(line: Line) -> str:
    method = all_methods().get(line.activity.method)
    return "" if method is None else method.approach


def primary(lines: Iterable[Line]) -> Decimal:
    """What of some emissions of the value chain rests on primary data.

    Parameters
    ----------
    lines
        of scope 3.

    Returns
    -------
    Decimal
        tonnes that a supplier states, or that use a factor of a supplier or laboratory of the plant. [t CO2e]

    Notes
    -----
    Σ t of primary lines. GHG Protocol Scope 3 Standard (2011), ch. 7 and 11: emissions calculated with data of
    suppliers or other partners of the value chain.
    """
    return exact_sum(li.tco2e for li in lines if li.factor.region == OWN or _approach(li) == PRIMARY)


# ---------------------------------------------------------------------- apart


def _biogenic(known: Known) -> PointValue:
    """CO2 of biomass, in no scope."""
    if (why := nothing_recorded(known)) is not None:
        return lacking("ghg.biogenic", why, unit="tCO2")
    lines = [li for li in lines_in(known, *LOCATION) if any(one.gas == BIOGENIC for one in li.amounts)]
    count = len({line.activity.id for line in lines})
    basis = of_lines(known, lines, T("Records with CO₂ of biomass: {count}", count=count)) if lines else None
    return found("ghg.biogenic", known.inventory.totals.biogenic, basis or of_scopes(known, "scope1"), "tCO2")


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "ghg.s1": _scope("ghg.s1", "scope1"),
    "ghg.s1_gas": _gases,
    "ghg.s1_type": _types,
    "ghg.s2_lb": _scope("ghg.s2_lb", "scope2_location"),
    "ghg.s2_mb": _scope("ghg.s2_mb", "scope2_market"),
    "ghg.s3": _scope3,
    "ghg.s3_cat": _categories,
    "ghg.biogenic": _biogenic,
}
