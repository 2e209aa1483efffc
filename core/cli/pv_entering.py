"""What ``solar add`` and ``solar array`` do: a PV system described, each as one change."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.cli.common import GOOD, now, person, print_json, write
from core.cli.energy import meter_of
from core.cli.fields import needed, pairs, read_options
from core.disk import read_within
from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.ids import next_ids
from core.exchange.numbers import parse_number
from core.exchange.weather import read_weather
from core.i18n import T, Text, verbatim
from core.ledger import Change, Ledger, Meter, PvArray, PvSystem, Step, WeatherFile
from core.series.metered import Metered
from core.solar.economics import PARAMETERS, economics_of
from core.solar.model import TYPED_LOSSES, model_of
from core.solar.planning import GRID_YEAR, sigmas
from core.solar.system import arrays_of
from core.store import PlantFile

LARGEST_WEATHER = 64_000_000
"""[bytes]"""
METERS = ("generation", "feed_in", "purchased")
OTHERS = ("albedo", "roof_area")
"""Parameters that are neither losses nor money nor uncertainties."""


def add_system(arguments: argparse.Namespace) -> int:
    """A new system, or another description of a known one, as one change with its weather."""
    with PlantFile.open(arguments.file) as plant:
        ledger = plant.ledger
        before = _known(ledger, arguments.system) if arguments.system else None
        after = _described(arguments, before, ledger)
        steps, blobs = [], []
        if arguments.weather is not None:
            weather, data = _weather(arguments.weather, after, ledger)
            after = replace(after, weather=weather.id)
            steps.append(Step("weather", weather.id, None, weather))
            blobs.append(data)
        _check(after, ledger)
        if after != before:
            steps.append(Step("pv_system", after.id, before, after))
            _append(plant, T("PV system described"), steps, arguments, blobs)
    return _done(T("PV system described") if after != before else T("Nothing was changed."), after, arguments)


def _known(ledger: Ledger, key: str, remedy: Text | None = None) -> PvSystem:
    found = ledger.get("pv_system", key)
    if not isinstance(found, PvSystem):
        raise UserError(
            T("There is no PV system {id}.", id=verbatim(key)), remedy or T("Leave --system out for a new one.")
        )
    return found


def _described(arguments: argparse.Namespace, before: PvSystem | None, ledger: Ledger) -> PvSystem:
    if before is None:
        needed(arguments, "name", "commissioned", "latitude", "longitude")
    typed = read_options(arguments, PvSystem)
    for field in METERS:
        if (said := getattr(arguments, field)) is not None:
            typed[field] = tuple(meter_of(ledger, key).id for key in said if key)
    for field in ("irradiance", "temperature"):
        if typed.get(field):
            typed[field] = meter_of(ledger, typed[field]).id
    typed["parameters"] = _parameters(arguments.set, {} if before is None else dict(before.parameters))
    if before is not None:
        return replace(before, **typed)
    return PvSystem(next_ids(ledger, 1, "pv_system")[0], **typed)


def _parameters(words: Sequence[str], known: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Losses, costs and prices as plain digits; an empty one is taken away."""
    allowed = (*TYPED_LOSSES, *OTHERS, *PARAMETERS, *sigmas())
    for key, text in pairs(words, "soiling=3").items():
        if key not in allowed and not (key.startswith(GRID_YEAR) and key.removeprefix(GRID_YEAR).isdecimal()):
            raise UserError(
                T("A PV system has no parameter “{key}”.", key=verbatim(key)),
                T("Choose one of: {choices}.", choices=allowed),
            )
        known[key] = f"{parse_number(text):f}" if text else ""
    return tuple(sorted((key, text) for key, text in known.items() if text))


def _check(system: PvSystem, ledger: Ledger) -> None:
    """Its meters count what it says they do, and its numbers can be."""
    if not system.name:
        raise UserError(T("{option} is missing.", option="--name"), T("Say it on the command line."))
    for field, directions in (("generation", ("generation",)), ("feed_in", ("export",)), ("purchased", ("import",))):
        for key in getattr(system, field):
            meter = ledger.get("meter", key)
            if isinstance(meter, Meter) and meter.direction not in directions:
                raise UserError(
                    T("{meter} does not count {what}: its direction is {direction}.", meter=meter.name,
                      what=verbatim(f"--{field.replace('_', '-')}"), direction=meter.direction),
                    T("Choose another meter, or correct its direction with “meter add --meter”."),
                )  # fmt: skip
    arrays = arrays_of(Metered(ledger, lambda _key: b""), system)
    # A system is described before its arrays: one that fits every system lets its own numbers be checked.
    model_of(system, arrays or (PvArray("", system.id, system.name, Decimal(1), Decimal(0), Decimal(180)),))
    economics_of(system)


def _weather(path: Path, system: PvSystem, ledger: Ledger) -> tuple[WeatherFile, bytes]:
    large = UserError(
        T("“{file}” is larger than {most} MB.", file=path.name, most=LARGEST_WEATHER // 1_000_000),
        T("Choose the file of one year."),
    )
    data = read_within(path, LARGEST_WEATHER, large)
    found = read_weather(data, path.name)

    def place(stated: float | None, own: Decimal) -> Decimal:
        return own if stated is None else Decimal(str(stated))

    record = WeatherFile(
        next_ids(ledger, 1, "weather")[0],
        path.name,
        found.kind,
        hashlib.sha256(data).hexdigest(),
        len(data),
        place(found.latitude, system.latitude),
        place(found.longitude, system.longitude),
        place(found.elevation, system.elevation),
        found.source,
    )
    return record, data


def add_array(arguments: argparse.Namespace) -> int:
    """Modules that look the same way."""
    with PlantFile.open(arguments.file) as plant:
        ledger = plant.ledger
        system = _known(ledger, arguments.system, T("Describe it with “solar add”."))
        typed: dict[str, Any] = read_options(arguments, PvArray)
        if typed.get("commissioned"):
            typed["commissioned"] = parse_date(arguments.commissioned).isoformat()
        array = PvArray(next_ids(ledger, 1, "pv_array")[0], **typed)
        step = Step("pv_array", array.id, None, array)
        model_of(system, arrays_of(Metered(ledger.apply((step,)), plant.blob), system))
        _append(plant, T("PV array added"), [step], arguments)
    return _done(T("PV array added"), array, arguments)


def _append(
    plant: PlantFile, why: Text, steps: Sequence[Step], arguments: argparse.Namespace, blobs: Sequence[bytes] = ()
) -> None:
    plant.append(Change(person(arguments), now(), why, tuple(steps)), blobs)


def _done(what: Text, record: PvSystem | PvArray, arguments: argparse.Namespace) -> int:
    if arguments.json:
        print_json({"id": record.id, "name": record.name})
    else:
        write(T("{what}. Its id is {id}.", what=what, id=record.id).in_language(arguments.lang_ui))
    return GOOD
