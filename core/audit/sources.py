"""The source map: every emission source with its tonnes and with what makes it prone to error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.audit.frame import record_weights
from core.checks._metered import METERED
from core.inventory import Inventory
from core.inventory.evidence import KEPT, proof_of, proven_ids
from core.inventory.totals import LOCATION, MARKET, ZERO
from core.ledger import Activity, Closing, Correction, Meter
from core.ledger.codec import read_decimal
from core.library import EXACT
from core.methods import all_methods, exact_sum, plain

VALID, EXPIRED, UNKNOWN, NOT_METERED = "valid", "expired", "unknown", "not_metered"
HUNDRED = Decimal(100)
_BETWEEN, _HASH, _HEX = " · ", 12, frozenset("0123456789abcdef")
"""How records that were made from the data of a meter name their evidence."""


@dataclass(frozen=True, slots=True)
class SourceShare:
    """One emission source within an inventory."""

    source: str
    location: Decimal
    """Its part of the location-based total. [t CO2e]"""
    market: Decimal
    """Its part of the market-based total. [t CO2e]"""
    tonnes: Decimal
    """Its weight: without sign, in the total where it counts more. [t CO2e]"""
    percent: Decimal
    """Share of the weight of all sources. [%]"""
    cumulative: Decimal
    """The same with all larger ones; of the last one exactly 100. [%]"""
    records: int
    excluded: int
    """Records that give no tonnes, for no factor covers them."""
    estimated_percent: Decimal
    """Share of its weight that rests on estimates. [%]"""
    unproven_percent: Decimal
    """Share of its weight without a kept proof. [%]"""
    typed: int
    """Records that somebody typed: they belong to no imported file and were not taken from the data of a meter."""
    last_year: Decimal | None
    """Of the closed year before, location-based; None when that year is not closed. [t CO2e]"""
    change_percent: Decimal | None
    """From last year; None without one, or when there was nothing. [%]"""
    calibration: str
    """``valid``, ``expired`` before the period ends, ``unknown``, or ``not_metered``."""
    calibrated_to: str
    """Last day of the calibration that ends first, as ISO date."""
    corrections: int
    """Records that were changed because of findings of an audit."""
    planned: bool
    """Whether the inventory management plan says how its figures come about."""
    spend_based: bool
    """Whether money spent stands in for what happened."""


def sources_of(
    inventory: Inventory, *, meters: Iterable[Meter] = (), corrections: Iterable[Correction] = ()
) -> tuple[SourceShare, ...]:
    """Every emission source of an inventory, the heaviest first.

    Parameters
    ----------
    inventory
        of the year.
    meters
        of the plant, with their calibration.
    corrections
        what was changed because of findings of an audit.

    Returns
    -------
    tuple of SourceShare
        ``location`` and ``market`` add up to the totals of the inventory to the last digit; weights have no sign, so
        that a credit hides nothing.
    """
    seen = _Seen.of(inventory, tuple(meters), tuple(corrections))
    weights = {source: seen.weight(source) for source in seen.activities}
    whole = exact_sum(weights.values())
    reached, result = ZERO, []
    for source in sorted(weights, key=lambda one: (-weights[one], one)):
        reached = EXACT.add(reached, weights[source])
        result.append(
            _share(seen, source, weights[source], percent_of(weights[source], whole), percent_of(reached, whole))
        )
    return tuple(result)


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """[%]; zero of nothing."""
    return EXACT.divide(EXACT.multiply(part, HUNDRED), whole) if whole else ZERO


@dataclass(frozen=True, slots=True)
class _Seen:
    """An inventory filed by source."""

    inventory: Inventory
    activities: Mapping[str, list[Activity]]
    sums: Mapping[str, tuple[Decimal, Decimal]]
    """Location-based and market-based, of each source. [t CO2e]"""
    weights: Mapping[str, Decimal]
    """Of each record, without sign. [t CO2e]"""
    excluded: frozenset[str]
    proven: frozenset[str]
    imported: frozenset[str]
    meters: tuple[Meter, ...]
    corrected: frozenset[str]
    before: Mapping[str, Decimal] | None

    @staticmethod
    def of(inventory: Inventory, meters: tuple[Meter, ...], corrections: tuple[Correction, ...]) -> _Seen:
        activities: dict[str, list[Activity]] = {}
        for activity in inventory.activities:
            activities.setdefault(activity.source, []).append(activity)
        imported = frozenset(key for one in inventory.evidence if one.kind == "import" for key in one.activities)
        corrected = frozenset(one.id for one in corrections if one.kind == "activity")
        return _Seen(
            inventory=inventory,
            activities=activities,
            sums=_sums(inventory, activities),
            weights=record_weights(inventory),
            excluded=frozenset(one.portion.activity.id for one in inventory.excluded),
            proven=proven_ids(inventory.evidence),
            imported=imported,
            meters=meters,
            corrected=corrected,
            before=_before(inventory),
        )

    def weight(self, source: str) -> Decimal:
        """In the total where it counts more."""
        return max(map(abs, self.sums[source]))

    def weight_of(self, activity: Activity) -> Decimal:
        return self.weights.get(activity.id, ZERO)


def _sums(inventory: Inventory, sources: Iterable[str]) -> dict[str, tuple[Decimal, Decimal]]:
    location, market = dict.fromkeys(sources, ZERO), dict.fromkeys(sources, ZERO)
    for line in inventory.lines:
        source, tonnes = line.activity.source, line.tco2e
        for sums, scopes in ((location, LOCATION), (market, MARKET)):
            if line.scope in scopes:
                sums[source] = EXACT.add(sums[source], tonnes)
    return {source: (location[source], market[source]) for source in location}


def _before(inventory: Inventory) -> dict[str, Decimal] | None:
    """Tonnes of each source in the closed year before; None when it is not closed."""
    year = inventory.choices.period.end.year - 1
    closed = next((one for one in inventory.closings if one.id == str(year)), None)
    return None if closed is None else closed_sources(closed)


def closed_sources(closing: Closing) -> dict[str, Decimal]:
    """Tonnes of each source as a closing states them, location-based."""
    found: dict[str, Decimal] = {}
    for key, said in closing.figures:
        kind, _, source = key.partition(":")
        if kind == "source":
            try:
                found[source] = read_decimal(said)
            except ValueError:
                continue
    return found


def _share(seen: _Seen, source: str, weight: Decimal, percent: Decimal, cumulative: Decimal) -> SourceShare:
    activities = seen.activities[source]
    gross = exact_sum(seen.weight_of(a) for a in activities)
    estimated = exact_sum(seen.weight_of(a) for a in activities if a.estimated)
    unproven = exact_sum(seen.weight_of(a) for a in activities if proof_of(a, seen.proven) != KEPT)
    location, market = seen.sums[source]
    last = None if seen.before is None else seen.before.get(source, ZERO)
    state, day = _calibration(seen, source)
    return SourceShare(
        source=source,
        location=location,
        market=market,
        tonnes=weight,
        percent=percent,
        cumulative=cumulative,
        records=len(activities),
        excluded=sum(a.id in seen.excluded for a in activities),
        estimated_percent=percent_of(estimated, gross),
        unproven_percent=percent_of(unproven, gross),
        typed=sum(a.id not in seen.imported and not _from_meter(a, seen.meters) for a in activities),
        last_year=last,
        change_percent=percent_of(EXACT.subtract(location, last), abs(last)) if last else None,
        calibration=state,
        calibrated_to=day,
        corrections=sum(a.id in seen.corrected for a in activities),
        planned=any(item.source in ("", source) for item in seen.inventory.plan),
        spend_based=any(_approach(a) == "spend_based" for a in activities),
    )


def _approach(activity: Activity) -> str:
    method = all_methods().get(activity.method)
    return "" if method is None else method.approach


def _from_meter(activity: Activity, meters: tuple[Meter, ...]) -> bool:
    """Whether a record is a month of interval data: its evidence names meter, month and hash of the index."""
    meter, _, rest = activity.evidence.partition(_BETWEEN)
    month, _, index = rest.partition(_BETWEEN)
    named = any(meter == (one.serial or one.name) for one in meters)
    return named and month == f"{activity.start:%Y-%m}" and len(index) == _HASH and set(index) <= _HEX


def _calibration(seen: _Seen, source: str) -> tuple[str, str]:
    """Of the meter whose calibration ends first, by the meters of the plant and by kept certificates."""
    activities = seen.activities[source]
    ids = {a.id for a in activities}
    proofs = [e.valid_to for e in seen.inventory.evidence if e.kind == "calibration" and ids.intersection(e.activities)]
    meters = [m.calibrated_to for m in seen.meters if m.source == source]
    known = [day for day in meters if day] or ([max(proofs)] if any(proofs) else [])
    if not known:
        return (UNKNOWN if meters or proofs or _metered(seen, activities) else NOT_METERED), ""
    first = min(known)
    end = seen.inventory.choices.period.end.isoformat()
    return (VALID if first >= end else EXPIRED), first


def _metered(seen: _Seen, activities: list[Activity]) -> bool:
    """Energy that passes a meter of the plant or of its supplier."""
    items = seen.inventory.library.items
    kinds = {items[a.item].kind for a in activities if a.item in items and not _of_the_value_chain(a)}
    return bool(kinds & METERED)


def _of_the_value_chain(activity: Activity) -> bool:
    method = all_methods().get(activity.method)
    return method is not None and method.scopes == ("scope3",)


def sources_to_plain(shares: Iterable[SourceShare]) -> list[dict[str, object]]:
    """JSON-ready; tonnes and percent as strings."""
    return [
        {
            "source": one.source,
            "location_tco2e": plain(one.location),
            "market_tco2e": plain(one.market),
            "weight_tco2e": plain(one.tonnes),
            "percent": plain(round(one.percent, 6)),
            "cumulative_percent": plain(round(one.cumulative, 6)),
            "records": one.records,
            "excluded": one.excluded,
            "estimated_percent": plain(round(one.estimated_percent, 6)),
            "without_kept_proof_percent": plain(round(one.unproven_percent, 6)),
            "typed": one.typed,
            "last_year_tco2e": None if one.last_year is None else plain(one.last_year),
            "change_percent": None if one.change_percent is None else plain(round(one.change_percent, 6)),
            "calibration": one.calibration,
            "calibrated_to": one.calibrated_to,
            "corrections": one.corrections,
            "planned": one.planned,
            "spend_based": one.spend_based,
        }
        for one in shares
    ]
