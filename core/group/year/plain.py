"""JSON-ready forms of what a year of the group is; decimals as strings."""

from __future__ import annotations

from decimal import Decimal

from core.group.year.base_year import BaseYear
from core.group.year.consolidated import OUTSIDE, ZERO, Consolidated
from core.group.year.intensity import Intensity
from core.group.year.ranking import Outlier
from core.library import GASES
from core.methods import BIOGENIC, SCOPES, plain
from core.store import Filed

REPORTED = ("scope1", "scope2_location", "scope2_market", "scope3")


def consolidated_to_plain(found: Consolidated, lang: str) -> dict[str, object]:
    """Totals, gases, memos, eliminations and what has to be known of them."""
    totals, gases = found.totals, found.by("gas")
    return {
        "year": found.year,
        "approach": found.approach,
        "totals_tco2e": {scope: plain(totals[scope]) for scope in REPORTED},
        "location_tco2e": plain(found.location),
        "market_tco2e": plain(found.market),
        "avoided_tco2e": plain(totals["avoided"]),
        "exported_tco2e": plain(totals["exported"]),
        "biogenic_tco2": plain(totals[BIOGENIC]),
        "outside_basket_tco2e": plain(totals[OUTSIDE]),
        "gases_tco2e": {gas: plain(gases.get(gas, ZERO)) for gas in GASES},
        "eliminated": [
            {"transfer": one.transfer.id, "seller": one.seller, "buyer": one.buyer, "source": one.transfer.source,
             "scope": one.scope, "tco2e": plain(one.tonnes)}
            for one in found.eliminated
        ],
        "notices": [notice.in_language(lang) for notice in found.notices],
    }  # fmt: skip


def counted_to_plain(found: Consolidated) -> dict[str, dict[str, object]]:
    """What of each report's plant counts, by the SHA-256 of the report."""
    tonnes = found.cross("plant", "scope")
    made: dict[str, dict[str, object]] = {}
    for filed, at in zip(found.reports, found.member_of, strict=True):
        member = found.members[at]
        made[filed.sha256] = {
            "counted_tco2e": {scope: plain(tonnes.get((member.key, scope), ZERO)) for scope in REPORTED},
            "company": found.title(member.company),
            "business": member.business,
            "shares": {month: plain(share) for month, share in member.shares.items()},
        }
    return made


def layout_to_plain(found: Consolidated, dimension: str) -> list[dict[str, object]]:
    """Tonnes by one dimension, in the order of keys."""
    if dimension == "scope":
        tonnes = found.by("scope")
        return [{"key": scope, "tco2e": plain(tonnes.get(scope, ZERO))} for scope in SCOPES]
    return [
        {"key": key, "name": found.title(key), "location_tco2e": plain(location), "market_tco2e": plain(market)}
        for key, location, market in both(found, dimension)
    ]


def both(found: Consolidated, dimension: str) -> list[tuple[str, Decimal, Decimal]]:
    """Key, location-based and market-based tonnes."""
    location, market = found.by(dimension), found.by(dimension, "market")
    keys = sorted({*location, *market}, key=lambda key: (int(key), key) if key.isdecimal() else (0, key))
    return [(key, location.get(key, ZERO), market.get(key, ZERO)) for key in keys]


def intensity_to_plain(one: Intensity, outliers: tuple[Outlier, ...]) -> dict[str, object]:
    """Tonnes per unit, by plant, and who stands out."""
    return {
        "name": one.name,
        "unit": one.unit,
        "tco2e": plain(one.tonnes),
        "quantity": plain(one.quantity),
        "tco2e_per_unit": _maybe(one.per_unit),
        "plants": [
            {"key": p.key, "name": p.name, "tco2e": plain(p.tonnes), "quantity": plain(p.quantity),
             "tco2e_per_unit": _maybe(p.per_unit), "source": p.source}
            for p in one.plants
        ],
        "without": list(one.without),
        "outliers": [
            {"key": o.key, "name": o.name, "business": o.business, "score": plain(o.score), "median": plain(o.median)}
            for o in outliers
        ],
    }  # fmt: skip


def base_year_to_plain(found: BaseYear) -> dict[str, object]:
    """Both series with their reasons."""
    return {
        "base_year": found.year,
        "view": found.view,
        "threshold_percent": plain(found.threshold),
        "change_percent": _maybe(found.change),
        "recalculated": found.due,
        "years": [
            {"year": one.year, "original_tco2e": plain(one.original), "recalculated_tco2e": plain(one.recalculated),
             "lacking": list(one.lacking)}
            for one in found.years
        ],
        "reasons": [
            {"kind": one.kind, "plant": one.name, "tco2e": plain(one.tonnes), "stakes": [s.id for s in one.stakes]}
            for one in found.reasons
        ],
    }  # fmt: skip


def _maybe(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


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
