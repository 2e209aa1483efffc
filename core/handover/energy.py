"""What a report says of energy: meters, PV systems, published claims and savings of a period, fixed when it is issued.

The interval data stay in the plant file; the report carries the monthly sums, the hash of each index, and everything
that was found in them. Like the Monte Carlo it is stated and not calculated again, apart from what follows from the
package alone: sums, and the claims (:func:`contradictions`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.weather import read_weather
from core.i18n import T, verbatim
from core.inventory import Difference, Package, Period
from core.ledger import Claim, Ledger, Measure, Meter, Plant, PvSystem, Tariff, WeatherFile, from_plain
from core.ledger.codec import read_decimal, to_plain
from core.ledger.journal import text_to_plain
from core.library import EXACT, Library
from core.methods import exact_sum, plain
from core.savings import savings_of, savings_to_plain
from core.series.examine import examine
from core.series.metered import Metered, is_level
from core.series.problems import Problem
from core.solar.claims import ClaimCheck, Expected, check_to_plain, judge
from core.solar.expected import Yield
from core.solar.outlook import outlook
from core.solar.plain import observed_to_plain, outlook_to_plain
from core.solar.sun import elevation
from core.solar.system import Observed, observe
from core.solar.weather import Climate, Hourly

Blob = Callable[[str], bytes]
MOST_PROBLEMS = 40
"""Of a meter in a report; how many there are more is said."""


def energy_stated(ledger: Ledger, period: Period, library: Library, blob: Blob) -> dict[str, object] | None:
    """Everything a report says of energy; None when the plant has nothing of it.

    Parameters
    ----------
    ledger
        of the plant.
    period
        of the audit.
    library
        the plant's.
    blob
        bytes of a kept blob by its SHA-256.
    """
    kinds = ("meter", "pv_system", "claim", "measure")
    if not any(ledger.records[kind] for kind in kinds):
        return None
    metered = Metered(ledger, blob)
    systems = list(systems_of(metered, period))
    found = savings_of(ledger, library, period.start.year, period.end.year, blob=blob)
    return {
        "meters": [_meter(metered, meter, period) for meter in metered.meters],
        "systems": [
            {
                **observed_to_plain(one.observed),
                "outlook": outlook_to_plain(
                    outlook(one.observed, ledger.plant, library, one.weather, ledger.held(Tariff))
                ),
            }
            for one in systems
        ],
        "claims": [
            {"record": to_plain(check.claim), "check": check_to_plain(check)}
            for check in checks_of(ledger, library, [one.observed for one in systems])
        ],
        "measures": [to_plain(measure) for measure in ledger.held(Measure)],
        "savings": None if found.empty else {lang: savings_to_plain(found, lang) for lang in ("zh", "en")},
    }


@dataclass(frozen=True, slots=True, eq=False)
class SystemOf:
    """A PV system over the period, with the weather it was held against."""

    observed: Observed
    weather: Hourly | Climate | None


def systems_of(metered: Metered, period: Period) -> Iterator[SystemOf]:
    """Every PV system that can be looked at; one without arrays has nothing to say."""
    for system in metered.ledger.held(PvSystem):
        if system.commissioned > period.end:
            continue
        try:
            weather = weather_of(metered, system)
            yield SystemOf(observe(system, metered, weather, period.start, period.end), weather)
        except UserError:
            continue  # the page says what is wrong with it


def weather_of(metered: Metered, system: PvSystem) -> Hourly | Climate | None:
    """The weather that a system chose, read; None when it chose none."""
    record = metered.ledger.get("weather", system.weather)
    if not isinstance(record, WeatherFile):
        return None
    found = read_weather(metered.blob(record.sha256), record.name)
    return found.climate if found.climate is not None else found.hourly


def checks_of(ledger: Ledger, library: Library, systems: Sequence[Observed]) -> list[ClaimCheck]:
    """Every kept claim, taken apart, each held against the others and the model of its system."""
    claims = ledger.held(Claim)
    return [_judged(claim, claims, ledger.plant, library, expected_for(claim, systems)) for claim in claims]


def _judged(
    claim: Claim, claims: Sequence[Claim], plant: Plant, library: Library, expected: Expected | None = None
) -> ClaimCheck:
    others = [other for other in claims if other is not claim]
    grid = plant.grid if claim.country == plant.country else ""
    return judge(claim, library, expected=expected, others=others, grid=grid)


def expected_for(claim: Claim, systems: Sequence[Observed]) -> Expected | None:
    """What the model of the claim's own system gives in an average year; None without model or weather."""
    found = next((one for one in systems if one.system.id == claim.system), None)
    if found is None or found.typical is None or found.typical_year is None:
        return None
    years = len(found.typical) * found.typical.hours / 8766 if isinstance(found.typical, Yield) else 1.0
    return Expected(
        Decimal(f"{found.typical_year:.0f}"),
        T("Model of the PV system {system}", system=verbatim(found.system.name)),
        Decimal(f"{found.typical.irradiation / years:.0f}"),
    )


def problems_of(metered: Metered, meter: Meter, period: Period) -> tuple[Problem, ...]:
    """What can be noticed about a meter in a period."""
    series = metered.series(meter.id, period.start, period.end)
    own = {one.id: one for one in metered.meters if one.parent == meter.id}
    held = {key: part for key in own if (part := metered.series(key, period.start, period.end)) is not None}
    sun = _sun(metered, meter)
    return examine(meter, series, held, zone=metered.zone, meters=own, day=period.end, elevation=sun)


def _sun(metered: Metered, meter: Meter) -> Callable[[NDArray[np.int64]], NDArray[np.float64]] | None:
    """Height of the sun at the PV system whose generation the meter counts; None for other meters."""
    system = next((one for one in metered.ledger.held(PvSystem) if meter.id in one.generation), None)
    if system is None:
        return None
    return partial(elevation, latitude=float(system.latitude), longitude=float(system.longitude))


def _meter(metered: Metered, meter: Meter, period: Period) -> dict[str, object]:
    kept, found = metered.kept(meter.id), problems_of(metered, meter, period)
    sums = metered.monthly(meter.id, period.start, period.end)
    return {
        "id": meter.id,
        "name": meter.name,
        "medium": meter.medium,
        "direction": meter.direction,
        "unit": meter.unit,
        "serial": meter.serial,
        "accuracy": meter.accuracy,
        "calibrated_to": meter.calibrated_to,
        "location": meter.location,
        "parent": meter.parent,
        "level": is_level(meter),
        "index_sha256": "" if kept is None else kept.sha256,
        "total": plain(exact_sum(month.total for month in sums)),
        "months": [
            {
                "month": f"{month.month:%Y-%m}",
                "total": plain(month.total),
                "expected": month.expected,
                "present": month.present,
                "estimated": month.estimated,
            }
            for month in sums
        ],
        "problems": [
            {"check": one.check, "severity": one.severity, "message": text_to_plain(one.message)}
            for one in found[:MOST_PROBLEMS]
        ],
        "more_problems": max(len(found) - MOST_PROBLEMS, 0),
    }


def contradictions(package: Package, library: Library) -> tuple[Difference, ...]:
    """What a package states of energy and its own numbers do not confirm.

    Parameters
    ----------
    package
        as it was read.
    library
        the reader's own, by which the claims are taken apart again.

    Notes
    -----
    Months of a meter and of a PV system add up to their totals, and a loss tree closes, to the last digit. A claim
    that is checked again by the same program and library must come out the same.
    """
    stated = package.energy
    if stated is None:
        return ()
    return (
        *(one for meter in stated["meters"] for one in _sums(f"energy.meters[{meter['id']}]", meter, "total", "total")),
        *(
            one
            for system in stated["systems"]
            for one in (
                *_sums(f"energy.systems[{system['id']}]", system, "energy_kwh", "energy_kwh"),
                *_tree(f"energy.systems[{system['id']}].loss_tree", system["loss_tree"]),
            )
        ),
        *_claims(stated["claims"], package, library),
    )


def _sums(where: str, stated: Mapping[str, Any], whole: str, part: str) -> Iterator[Difference]:
    added = exact_sum(read_decimal(month[part]) for month in stated["months"] if month[part] is not None)
    if added != read_decimal(stated[whole]):
        yield Difference(f"{where}.{whole}", str(stated[whole])[:60], plain(added))


def _tree(where: str, tree: Mapping[str, Any] | None) -> Iterator[Difference]:
    if tree is None:
        return
    lost = exact_sum(read_decimal(loss["kwh"]) for loss in tree["losses"])
    reference, rest, energy = (read_decimal(tree[key]) for key in ("reference_kwh", "unexplained_kwh", "energy_kwh"))
    closed = EXACT.subtract(EXACT.subtract(reference, lost), rest)
    if closed != energy:
        yield Difference(f"{where}.energy_kwh", plain(energy), plain(closed))


def _claims(stated: Sequence[Mapping[str, Any]], package: Package, library: Library) -> Iterator[Difference]:
    claims = [one for entry in stated if isinstance(one := from_plain("claim", entry["record"]), Claim)]
    for claim, entry in zip(claims, stated, strict=True):
        if claim.system:
            continue  # held against a model whose weather stays at the plant
        again, said = check_to_plain(_judged(claim, claims, package.ledger.plant, library)), entry["check"]
        for key in ("verdict", "steps"):
            if again[key] != said[key]:
                yield Difference(f"energy.claims[{claim.id}].{key}", str(said[key])[:200], str(again[key])[:200])
