"""What the group emitted in a year: the recalculated totals of every accepted report, added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.library import GASES
from core.methods import plain
from core.store import Filed

REPORTED = ("scope1", "scope2_location", "scope2_market", "scope3")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PlantYear:
    """One plant's accepted report."""

    filed: Filed
    totals: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Summary:
    """A year of the group."""

    year: int
    plants: tuple[PlantYear, ...]
    totals: Mapping[str, Decimal]
    """Tonnes CO2e by scope; ``avoided`` and ``biogenic`` as memos."""
    gases: Mapping[str, Decimal]


def summarise(year: int, filed: Iterable[Filed]) -> Summary:
    """Add up the accepted reports of a year; order does not matter.

    Parameters
    ----------
    year
        of the reports.
    filed
        accepted reports, one for each audit.
    """
    plants = tuple(PlantYear(f, f.totals or {}) for f in filed)
    keys = (*REPORTED, "avoided", "biogenic")
    return Summary(
        year,
        plants,
        {key: sum((p.totals.get(key, ZERO) for p in plants), ZERO) for key in keys},
        {gas: sum(((p.filed.gases or {}).get(gas, ZERO) for p in plants), ZERO) for gas in GASES},
    )


def summary_to_plain(summary: Summary) -> dict[str, object]:
    """JSON-ready summary; decimals as strings."""
    return {
        "year": summary.year,
        "plants": [plant_to_plain(p.filed) for p in summary.plants],
        "totals_tco2e": {scope: plain(summary.totals[scope]) for scope in REPORTED},
        "avoided_tco2e": plain(summary.totals["avoided"]),
        "biogenic_tco2": plain(summary.totals["biogenic"]),
        "gases_tco2e": {gas: plain(value) for gas, value in summary.gases.items()},
    }


def plant_to_plain(filed: Filed) -> dict[str, object]:
    """One accepted report, as it says, whatever counts of it."""
    totals = filed.totals or {}
    return {
        "plant": filed.plant,
        "country": filed.country,
        "region": filed.region,
        "year": filed.year,
        "revision": filed.revision,
        "totals_tco2e": {scope: plain(totals.get(scope, ZERO)) for scope in REPORTED},
        "avoided_tco2e": plain(totals.get("avoided", ZERO)),
        "signed_by": ", ".join(filed.signed_by),
        "signed_at": filed.signed_at,
        "recalculated_equal": filed.recalculated_equal,
        "rebuilt": filed.rebuilt,
    }
