"""What a report says of energy: meters, PV systems, published claims and savings of a period, fixed when it is issued.

The interval data stay in the plant file; the report carries the monthly sums, the hash of each index, and everything
that was found in them. Like the Monte Carlo it is stated and not calculated again, apart from what follows from the
package alone (:mod:`core.handover.energy_checks`). Who receives it reads it by :mod:`core.inventory.energy`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.weather import weather_of, weather_record
from core.i18n import LANGUAGES, T, Text, verbatim
from core.inventory import Period
from core.ledger import Claim, Ledger, Measure, Meter, Plant, PvSystem, Tariff, WeatherFile
from core.ledger.codec import to_plain
from core.ledger.journal import text_to_plain
from core.library import Library, own_rows
from core.methods import exact_sum, plain
from core.savings import Savings, savings_of, savings_to_plain
from core.series.examine import examine
from core.series.metered import Metered, is_level
from core.series.problems import Problem
from core.solar.claims import ClaimCheck, Expected, check_to_plain, judge
from core.solar.observing import observe
from core.solar.outlook import outlook
from core.solar.plain import observed_to_plain, outlook_to_plain
from core.solar.sun import elevation
from core.solar.system import Observed
from core.solar.weather import Climate, Hourly

Blob = Callable[[str], bytes]
ELECTRICAL = ("electricity", "solar_generated")
"""Items whose factors claims and avoided emissions use."""
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
    metered, library = Metered(ledger, blob), library.with_own(own_rows(ledger.own_factors))
    looked = list(systems_of(metered, period))
    systems = [one for one in looked if isinstance(one, SystemOf)]
    found = savings_of(ledger, library, period.start.year, period.end.year, blob=blob)
    return {
        "meters": [_meter(metered, meter, period) for meter in metered.meters],
        "systems": [_system(one, ledger, library) for one in systems],
        "unclear_systems": [
            {"id": one.system.id, "name": one.system.name, "reason": text_to_plain(one.reason)}
            for one in looked
            if isinstance(one, Unclear)
        ],
        "claims": [
            {"record": to_plain(check.claim), "check": check_to_plain(check)}
            for check in checks_of(
                ledger.held(Claim),
                ledger.plant,
                library,
                {one.observed.system.id: stated_model(one) for one in systems},
            )
        ],
        "factor_sets": factor_sets(library),
        "measures": [to_plain(measure) for measure in ledger.held(Measure)],
        "savings": None if found.empty else {lang: savings_to_plain(found, lang) for lang in LANGUAGES},
        "items": _items(found, library),
        "matching": _matching(metered, period),
    }


def _matching(metered: Metered, period: Period) -> dict[str, object] | None:
    """Hour by hour, as far as meters tell."""
    from core.renewables.hourly_meters import matching_of  # every command enters here, and few issue a report
    from core.renewables.hourly_plain import matched_to_plain

    return matched_to_plain(matching_of(metered, period))


@dataclass(frozen=True, slots=True, eq=False)
class SystemOf:
    """A PV system over the period, with the weather it was held against."""

    observed: Observed
    record: WeatherFile | None
    weather: Hourly | Climate | None


@dataclass(frozen=True, slots=True, eq=False)
class Unclear:
    """A PV system of which nothing can be said."""

    system: PvSystem
    reason: Text


@dataclass(frozen=True, slots=True)
class Model:
    """What the model of a system gives in an average year, as a report states it."""

    name: str
    kwh: Decimal | None
    """[kWh/a]"""
    light: Decimal | None
    """In the plane of the array. [kWh/m2/a]"""


def systems_of(metered: Metered, period: Period) -> Iterator[SystemOf | Unclear]:
    """Every PV system that ran in the period; one without arrays or with a broken weather file says why."""
    for system in metered.ledger.held(PvSystem):
        if system.commissioned > period.end:
            continue
        try:
            record, weather = weather_record(metered.ledger, system), weather_of(metered, system)
            yield SystemOf(observe(system, metered, weather, period.start, period.end), record, weather)
        except UserError as error:
            yield Unclear(system, error.message)


def _system(one: SystemOf, ledger: Ledger, library: Library) -> dict[str, object]:
    observed, record, model = one.observed, one.record, stated_model(one)
    worth = outlook(observed, ledger.plant, library, one.weather, ledger.held(Tariff))
    said = to_plain(observed.system)
    return {
        **observed_to_plain(observed),
        "arrays": [to_plain(array) for array in observed.arrays],
        "parameters": said["parameters"],
        "weather": None
        if record is None
        else {"name": record.name, "kind": record.kind, "source": record.source, "sha256": record.sha256},
        "typical_year_kwh": None if model.kwh is None else plain(model.kwh),
        "typical_kwh_m2": None if model.light is None else plain(model.light),
        "outlook": outlook_to_plain(worth),
    }


def stated_model(one: SystemOf) -> Model:
    """What the model of a system gives in an average year, to whole kilowatt-hours; claims are held against it."""
    found = one.observed
    if found.typical_year is None or found.typical_light is None:
        return Model(found.system.name, None, None)
    light = found.typical_light
    return Model(found.system.name, Decimal(f"{found.typical_year:.0f}"), Decimal(f"{light:.0f}"))


def checks_of(claims: Sequence[Claim], plant: Plant, library: Library, models: Mapping[str, Model]) -> list[ClaimCheck]:
    """Every claim taken apart, held against the others and the model of its system.

    Parameters
    ----------
    claims
        of the plant.
    plant
        for its sub-grid.
    library
        with the plant's own factors.
    models
        by id of the PV system.

    Raises
    ------
    UserError
        for a claim that cannot be one.
    """
    found = []
    for claim in claims:
        others = [other for other in claims if other is not claim]
        grid = plant.grid if claim.country == plant.country else ""
        try:
            found.append(judge(claim, library, expected=_expected(models.get(claim.system)), others=others, grid=grid))
        except ArithmeticError as error:
            raise UserError(
                T("The claim “{claim}” has numbers that cannot be calculated with.", claim=claim.name[:80]),
                T("Enter the numbers as they were published."),
            ) from error
    return found


def _expected(model: Model | None) -> Expected | None:
    if model is None or model.kwh is None or model.kwh <= 0:
        return None
    light = model.light if model.light is not None and model.light > 0 else None
    return Expected(model.kwh, T("Model of the PV system {system}", system=verbatim(model.name)), light)


def factor_sets(library: Library) -> list[str]:
    """Keys of the publications that claims and avoided emissions are held against; own factors are in the ledger."""
    published = library.with_own(())
    return sorted({factor.set.key for item in ELECTRICAL for factor in published.about(item)})


def _items(found: Savings, library: Library) -> dict[str, object]:
    """What the items of measures are called; the library of the package has those of the inventory alone."""
    used = {line.flow.item for one in found.savings for year in one.years for line in year.lines}
    used |= {one.measure.item for one in found.savings}
    names = {key: library.items[key].name for key in sorted(used) if key in library.items}
    return {key: {lang: name.in_language(lang) for lang in LANGUAGES} for key, name in names.items()}


def problems_of(metered: Metered, meter: Meter, period: Period) -> tuple[Problem, ...]:
    """What can be noticed about a meter in a period."""
    series = metered.series(meter.id, period.start, period.end)
    own = {one.id: one for one in metered.meters if one.parent == meter.id}
    held = {key: part for key in own if (part := metered.series(key, period.start, period.end)) is not None}
    behind = any(meter.id in system.purchased for system in metered.ledger.held(PvSystem))
    return examine(
        meter,
        series,
        held,
        zone=metered.zone,
        meters=own,
        day=period.end,
        elevation=_sun(metered, meter),
        behind_pv=behind,
    )


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
