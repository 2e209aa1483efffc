"""What the difference from an earlier closed inventory is due to, as a report states it.

The earlier package does not travel, so a reader cannot take the difference apart again; but it can see that the causes
add up to it, that it begins at what was closed and ends at what is reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.inventory.compile import Inventory
from core.inventory.totals import EXACT_BELOW, LOCATION, Totals
from core.inventory.waterfall import CAUSES, difference
from core.ledger import Ledger
from core.ledger.codec import read_decimal
from core.library import EXACT
from core.methods import exact_sum, plain

SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")
MOST = 4
"""Base year, last year, and the same year before it was restated; one to spare."""


@dataclass(frozen=True, slots=True)
class Caused:
    """A difference by cause. [t CO2e]"""

    year: str
    """Of the earlier inventory; the reported year itself where that was restated."""
    sha256: str
    """Of the kept package that it was taken from."""
    before: Mapping[str, Decimal]
    """Each scope."""
    after: Mapping[str, Decimal]
    causes: Mapping[str, Decimal]
    """Each of ``CAUSES``, of the location-based total."""


def compared_with(ledger: Ledger, year: int) -> tuple[tuple[str, str], ...]:
    """Kept packages that the report of a year is compared with: the year of each and its SHA-256."""
    audit, own = ledger.audit(year), ledger.closing(year)
    base = "" if audit is None else audit.base_year
    found = [
        (closing.id, closing.sha256)
        for name in dict.fromkeys((base, str(year - 1)))
        for closing in ledger.closings
        if closing.id == name != str(year)
    ]
    return (*found, (own.id, own.previous)) if own is not None and own.previous else tuple(found)


def caused(year: str, sha256: str, before: Inventory, after: Inventory) -> Caused:
    """Take the difference of two inventories apart."""
    found = difference(before, after)
    return Caused(
        year,
        sha256,
        {scope: found.before[scope] for scope in SCOPES},
        {scope: found.after[scope] for scope in SCOPES},
        found.causes(),
    )


def caused_to_plain(one: Caused) -> dict[str, object]:
    """JSON-ready."""
    return {
        "year": one.year,
        "sha256": one.sha256,
        "before_tco2e": {key: plain(value) for key, value in one.before.items()},
        "after_tco2e": {key: plain(value) for key, value in one.after.items()},
        "causes_tco2e": {key: plain(value) for key, value in one.causes.items()},
    }


def caused_from_plain(value: object) -> tuple[Caused, ...]:
    """What a package states, from untrusted data.

    Raises
    ------
    KeyError, TypeError, ValueError
        for another form.
    """
    if not isinstance(value, list):
        raise TypeError("comparisons")
    if len(value) > MOST:
        raise ValueError("comparisons")
    return tuple(_from_plain(one) for one in value)


def _from_plain(value: Mapping[str, Any]) -> Caused:
    year, sha256 = value["year"], value["sha256"]
    if not isinstance(year, str) or not isinstance(sha256, str) or len(year) > 8 or len(sha256) > 64:
        raise TypeError("comparison")
    before, after = (_tonnes(value[f"{key}_tco2e"], SCOPES) for key in ("before", "after"))
    return Caused(year, sha256, before, after, _tonnes(value["causes_tco2e"], CAUSES))


def _tonnes(value: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Decimal]:
    found = {key: read_decimal(value[key]) for key in keys}
    if any(abs(tonnes) >= EXACT_BELOW for tonnes in found.values()):
        raise ValueError("no plant emits that much")
    return found


def contradictions(one: Caused, ledger: Ledger, totals: Totals) -> list[tuple[str, str, str]]:
    """What of a stated difference cannot be: where, as stated, as it must be."""
    found = [
        (f"after_tco2e.{scope}", plain(one.after[scope]), plain(totals.scopes[scope]))
        for scope in SCOPES
        if one.after[scope] != totals.scopes[scope]
    ]
    change = EXACT.subtract(_location(one.after), _location(one.before))
    if exact_sum(one.causes.values()) != change:
        found.append(("causes_tco2e", plain(exact_sum(one.causes.values())), plain(change)))
    closing = next((c for c in ledger.closings if c.id == one.year), None)
    if closing is None or one.sha256 not in (closing.sha256, closing.previous):
        return [*found, ("sha256", one.sha256, "" if closing is None else closing.sha256)]
    if one.sha256 == closing.sha256:
        closed = dict(closing.figures)
        found += [
            (f"before_tco2e.{scope}", plain(one.before[scope]), closed.get(scope, "—"))
            for scope in SCOPES
            if plain(one.before[scope]) != closed.get(scope)
        ]
    return found


def _location(scopes: Mapping[str, Decimal]) -> Decimal:
    return exact_sum(scopes[scope] for scope in LOCATION)
