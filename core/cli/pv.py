"""What ``solar`` does: PV systems described, shown and forecast, claims taken apart."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.cli.common import GOOD, NO, library_of_plant, now, person, print_json, table, write
from core.cli.solar import CLAIMED
from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.ids import next_ids
from core.exchange.numbers import parse_number
from core.exchange.weather import read_weather
from core.handover.energy import checks_of, systems_of
from core.i18n import T, Text, show_month, show_number
from core.inventory import Period, choices_of
from core.ledger import Change, Claim, IntervalData, Ledger, Meter, PvArray, PvSystem, Record, Step, Tariff, WeatherFile
from core.library import load_library
from core.series.metered import Metered
from core.solar.claims import VERDICTS, ClaimCheck, check_claim, check_to_plain, judge, published_claims
from core.solar.indices import Figure
from core.solar.model import model_of
from core.solar.outlook import Outlook, outlook
from core.solar.plain import ENERGY, number, observed_to_plain, outlook_to_plain
from core.solar.system import Observed, arrays_of, typical_months
from core.store import PlantFile

LARGEST_WEATHER = 64_000_000
"""[bytes]"""


def _period(ledger: Ledger, year: int | None) -> Period:
    """Of the year asked for, else of the last audited one, else of the last one with interval data."""
    years = [int(key) for key in ledger.records["audit"]] or [one.end.year for one in ledger.held(IntervalData)]
    chosen = year or max(years, default=now().year - 1)
    return choices_of(ledger.audit(chosen), chosen).period


@contextmanager
def _looked_at(arguments: argparse.Namespace) -> Iterator[tuple[PlantFile, list[tuple[Observed, Any]]]]:
    """The systems asked for, over the period."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        metered = Metered(plant.ledger, plant.blob)
        period = _period(plant.ledger, arguments.year)
        found = [(one.observed, one.weather) for one in systems_of(metered, period)]
        chosen = [one for one in found if arguments.system in ("", one[0].system.id)]
        if not chosen:
            raise UserError(
                T("The plant has no such PV system with arrays."), T("Describe one with “solar add” and “solar array”.")
            )
        yield plant, chosen


def show_yield(arguments: argparse.Namespace) -> int:
    """Month by month, from the weather file of the system."""
    with _looked_at(arguments) as (_plant, systems):
        plain = [_yield_plain(found) for found, _ in systems]
    if arguments.json:
        print_json(plain)
        return GOOD
    lang = arguments.lang_ui
    for (found, _), one in zip(systems, plain, strict=True):
        write(found.system.name)
        if one["months"] is None:
            write(_say(T("No weather file or monthly table was chosen: the expected yield cannot be said."), lang))
            continue
        months = [show_month(date(2001, n, 1), lang)[5:] for n in range(1, 13)]
        rows = [[name, _shown(kwh)] for name, kwh in zip(months, one["months"], strict=True)]
        rows.append([_say(T("Total"), lang), _shown(one["year_kwh"])])
        write(table([_say(T("Month"), lang), "kWh"], rows, [1]))
        write(_say(T("Specific yield {value} kWh/kW, in the light of {light} kWh/m² on the modules.",
                     value=_shown(one["specific_kwh_kw"]), light=_shown(one["irradiation_kwh_m2"])), lang))  # fmt: skip
    return GOOD


def _yield_plain(found: Observed) -> dict[str, Any]:
    typical = found.typical
    months = None if typical is None else [number(float(kwh), ENERGY) for kwh in typical_months(typical)]
    year = found.typical_year
    return {
        "id": found.system.id,
        "name": found.system.name,
        "dc_power_kw": f"{found.power:f}",
        "months": months,
        "year_kwh": number(year, ENERGY),
        "specific_kwh_kw": number(None if year is None else year / float(found.power), ENERGY),
        "irradiation_kwh_m2": number(None if typical is None else typical.irradiation, ENERGY),
        "losses": None
        if typical is None
        else [{"key": step.key, "kwh": number(step.lost, ENERGY), "percent": number(step.percent, 3)}
              for step in typical.tree()],
    }  # fmt: skip


def show_performance(arguments: argparse.Namespace) -> int:
    """Counted beside expected."""
    with _looked_at(arguments) as (_plant, systems):
        if arguments.json:
            print_json([observed_to_plain(found) for found, _ in systems])
            return GOOD
        for found, _ in systems:
            _print_performance(found, arguments.lang_ui)
    return GOOD


def _print_performance(found: Observed, lang: str) -> None:
    write(f"{found.system.name}  {found.first} – {found.last}")
    rows = [
        [
            show_month(month.month, lang),
            "–" if month.energy is None else show_number(month.energy, 0),
            _whole(month.typical),
            _whole(month.modelled),
            _figure(None if month.performance is None else month.performance["performance_ratio"]),
        ]
        for month in found.months
    ]
    heads = [T("Month"), T("Counted, kWh"), T("Average year, kWh"), T("In the light measured, kWh"), T("PR")]
    write(table([_say(head, lang) for head in heads], rows, [1, 2, 3, 4]))
    if found.whole is not None:
        shown = [[_say(f.index.title, lang), _figure(f), f.index.unit] for f in found.whole.figures.values()]
        write(table([_say(T("Figure"), lang), "", ""], shown, [1]))
    if found.use is not None:
        write(_say(T("Netted by {interval}: {share} % of the generation was used on site.",
                     interval=found.use.title, share=_percent(found.use.self_consumption)), lang))  # fmt: skip
    for note in found.notes:
        write(_say(note, lang))


def show_forecast(arguments: argparse.Namespace) -> int:
    """The years to come."""
    with _looked_at(arguments) as (plant, systems):
        library = library_of_plant(plant)
        tariffs = plant.ledger.held(Tariff)
        seen = [outlook(found, plant.ledger.plant, library, weather, tariffs) for found, weather in systems]
    if arguments.json:
        print_json(
            [{"id": found.system.id, **outlook_to_plain(one)} for (found, _), one in zip(systems, seen, strict=True)]
        )
        return GOOD
    for (found, _), one in zip(systems, seen, strict=True):
        write(found.system.name)
        _print_forecast(one, arguments.lang_ui)
    return GOOD


def _print_forecast(one: Outlook, lang: str) -> None:
    for note in one.notes:
        write(_say(note, lang))
    if one.forecast is None:
        return
    made = one.forecast
    rows = [
        [str(year.year), _whole(year.p50), _whole(year.p90), f"{year.factor:.4f}", _whole(year.constant),
         _whole(year.falling)]
        for year in made.years
    ]  # fmt: skip
    rows.append([_say(T("Total"), lang), _whole(made.p50), _whole(made.p90), "", _whole(made.constant),
                 _whole(made.falling)])  # fmt: skip
    heads = ["", "P50 kWh", "P90 kWh", "t/MWh", _say(T("Constant factor, t"), lang), _say(T("Falling factor, t"), lang)]
    write(table(heads, rows, [1, 2, 3, 4, 5]))
    if (money := made.money) is not None:
        write(_say(T("Net present value {npv}; {roots}", npv=f"{money.npv:,.0f}", roots=money.roots), lang))
    write(_say(made.note, lang))


def show_claim(arguments: argparse.Namespace) -> int:
    """The claim of the options, the demo's, or those a plant keeps."""
    if arguments.file is None:
        claims = [one.claim for one in published_claims()] if arguments.demo else [_typed(arguments, None)]
        library = load_library()
        checks = [judge(one, library, others=[x for x in claims if x is not one]) for one in claims]
    else:
        checks = _of_plant(arguments)
    if arguments.json:
        print_json([check_to_plain(check) for check in checks])
    else:
        for check in checks:
            _print_check(check, arguments.lang_ui)
    return NO if any(check.verdict == "contradicted" for check in checks) else GOOD


def _of_plant(arguments: argparse.Namespace) -> list[ClaimCheck]:
    said = any(getattr(arguments, field) for field in CLAIMED)
    with PlantFile.open(arguments.file, read_only=not arguments.keep) as plant:
        ledger = plant.ledger
        if said:
            claim = _typed(arguments, ledger)
            step = Step("claim", claim.id, None, claim)
            if arguments.keep:
                plant.append(Change(person(arguments), now(), T("Claim kept"), (step,)))
                ledger = plant.ledger
            else:
                ledger = ledger.apply((step,))
        metered = Metered(ledger, plant.blob)
        systems = [one.observed for one in systems_of(metered, _period(ledger, None))]
        checks = checks_of(ledger, library_of_plant(plant), systems)
        return [check for check in checks if not said or check.claim.id == claim.id]


def _typed(arguments: argparse.Namespace, ledger: Ledger | None) -> Claim:
    """The claim of the options."""
    kinds = {f.name: str(f.type) for f in fields(Claim)}
    typed = {field: getattr(arguments, field) for field in CLAIMED if getattr(arguments, field)}
    values: dict[str, Any] = {
        field: parse_number(text) if kinds[field] == "Decimal | None" else text for field, text in typed.items()
    }
    values["published"] = parse_date(typed["published"]) if "published" in typed else now().date()
    values.setdefault("name", typed.get("text", "") or T("Claim").in_language(arguments.lang_ui))
    values.setdefault("text", "")
    if ledger is not None:
        values.setdefault("country", ledger.plant.country)
        values.setdefault("region", ledger.plant.region)
    claim = Claim(next_ids(ledger or Ledger(), 1, "claim")[0], **values)
    check_claim(claim)
    return claim


def _print_check(check: ClaimCheck, lang: str) -> None:
    write(f"{check.claim.name}: {_say(VERDICTS[check.verdict], lang)}")
    write(check.summary.in_language(lang))
    for step in check.steps:
        write(f"  [{_say(VERDICTS[step.verdict], lang)}] {_say(step.title, lang)}: {step.sentence.in_language(lang)}")
        if step.question is not None:
            write(f"      → {step.question.in_language(lang)}")
    write("")


def add_system(arguments: argparse.Namespace) -> int:
    """A new system, or another description of a known one, as one change with its weather."""
    with PlantFile.open(arguments.file) as plant:
        ledger = plant.ledger
        before = ledger.get("pv_system", arguments.system) if arguments.system else None
        if arguments.system and not isinstance(before, PvSystem):
            raise UserError(
                T("There is no PV system {id}.", id=arguments.system), T("Leave --system out for a new one.")
            )
        after = _described(arguments, before if isinstance(before, PvSystem) else None, ledger)
        steps, blobs = [], []
        if arguments.weather is not None:
            weather, data = _weather(arguments.weather, ledger)
            after = replace(after, weather=weather.id)
            steps.append(Step("weather", weather.id, None, weather))
            blobs.append(data)
        _check_system(after, ledger)
        steps.append(Step("pv_system", after.id, before, after))
        _append(plant, T("PV system described"), steps, arguments, blobs)
    write(T("{name}: {id}", name=after.name, id=after.id).in_language(arguments.lang_ui))
    return GOOD


def _described(arguments: argparse.Namespace, before: PvSystem | None, ledger: Ledger) -> PvSystem:
    typed = _read_options(arguments, PvSystem)
    for field in ("generation", "feed_in", "purchased"):
        if getattr(arguments, field) is not None:
            typed[field] = tuple(getattr(arguments, field))
    if before is not None:
        known = dict(before.parameters)
        return replace(before, **typed, parameters=tuple(sorted({**known, **_pairs(arguments.set)}.items())))
    for needed in ("name", "commissioned", "latitude", "longitude"):
        if needed not in typed:
            raise UserError(T("--{option} is missing.", option=needed), T("A new PV system needs it."))
    return PvSystem(
        next_ids(ledger, 1, "pv_system")[0], **typed, parameters=tuple(sorted(_pairs(arguments.set).items()))
    )


def _check_system(system: PvSystem, ledger: Ledger) -> None:
    """Its meters exist, and its numbers can be, as soon as it has arrays."""
    named = (*system.generation, *system.feed_in, *system.purchased, system.irradiance, system.temperature)
    for key in filter(None, named):
        if not isinstance(ledger.get("meter", key), Meter):
            raise UserError(T("There is no meter {id}.", id=key), T("See “meter list” for the meters of the plant."))
    arrays = arrays_of(Metered(ledger, lambda _key: b""), system)
    if arrays:
        model_of(system, arrays)


def _weather(path: Path, ledger: Ledger) -> tuple[WeatherFile, bytes]:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_WEATHER else b""
    except OSError as error:
        raise UserError(T("“{file}” cannot be opened: {why}.", file=path.name, why=error.strerror or "")) from error
    if size > LARGEST_WEATHER:
        raise UserError(T("“{file}” is larger than {most} MB.", file=path.name, most=LARGEST_WEATHER // 1_000_000))
    found = read_weather(data, path.name)
    return (
        WeatherFile(
            next_ids(ledger, 1, "weather")[0], path.name, found.kind, hashlib.sha256(data).hexdigest(), len(data),
            Decimal(str(found.latitude or 0)), Decimal(str(found.longitude or 0)), Decimal(str(found.elevation or 0)),
            found.source,
        ),
        data,
    )  # fmt: skip


def add_array(arguments: argparse.Namespace) -> int:
    """Modules that look the same way."""
    with PlantFile.open(arguments.file) as plant:
        ledger = plant.ledger
        system = ledger.get("pv_system", arguments.system)
        if not isinstance(system, PvSystem):
            raise UserError(T("There is no PV system {id}.", id=arguments.system), T("Describe it with “solar add”."))
        array = PvArray(next_ids(ledger, 1, "pv_array")[0], **_read_options(arguments, PvArray))
        after = ledger.apply((Step("pv_array", array.id, None, array),))
        model_of(system, arrays_of(Metered(after, plant.blob), system))
        _append(plant, T("PV array added"), [Step("pv_array", array.id, None, array)], arguments)
    write(T("{name}: {id}", name=array.name, id=array.id).in_language(arguments.lang_ui))
    return GOOD


def _append(
    plant: PlantFile, why: Text, steps: Sequence[Step], arguments: argparse.Namespace, blobs: Sequence[bytes] = ()
) -> None:
    plant.append(Change(person(arguments), now(), why, tuple(steps)), blobs)


def _read_options(arguments: argparse.Namespace, cls: type[Record]) -> dict[str, Any]:
    """The options that are fields of a record, read as numbers, dates or words."""
    readers: dict[str, Callable[[str], object]] = {"Decimal": parse_number, "date": parse_date, "str": str.strip}
    found: dict[str, Any] = {}
    for field in fields(cls):
        text = getattr(arguments, field.name, None)
        if isinstance(text, str) and str(field.type) in readers:
            found[field.name] = readers[str(field.type)](text)
    return found


def _pairs(words: Sequence[str]) -> dict[str, str]:
    """``soiling=3`` as a parameter with plain digits."""
    found = {}
    for word in words:
        key, sign, value = word.partition("=")
        if not sign or not key.strip():
            raise UserError(T("“{word}” is not understood.", word=word), T("Write it as key=value, e.g. soiling=3."))
        found[key.strip()] = f"{parse_number(value):f}"
    return found


def _say(text: Text, lang: str) -> str:
    return text.in_language(lang)


def _shown(text: str | None) -> str:
    return "–" if text is None else show_number(Decimal(text), 0)


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _figure(figure: Figure | None) -> str:
    return "–" if figure is None or figure.value is None else f"{figure.value:,.3f}"
