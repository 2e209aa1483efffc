"""What ``meter check``, ``activities``, ``estimate`` and ``export`` do with the values of meters."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from core.cli.because import confirm
from core.cli.common import GOOD, library_of_plant, must_be_new, now, person, print_json, table, write
from core.cli.energy import meter_of, series_of_meter, span_of_days, year_meant
from core.cli.fields import last_of, pairs
from core.cli.inventory import SEVERITIES
from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.ids import next_ids
from core.exchange.numbers import parse_number
from core.exchange.series import Exported, export_series
from core.handover.energy import problems_of
from core.i18n import T, Text, show_month, show_number, verbatim
from core.inventory import Period
from core.ledger import Activity, Change, IntervalData, Ledger, Meter, Step
from core.methods import all_methods
from core.series import Series, intervals_of, merge
from core.series.activities import Derived, activities_of
from core.series.estimates import Estimate, linear, same_time
from core.series.metered import Metered, is_level
from core.series.problems import CHECKS, Problem
from core.series.profiles import profile
from core.series.read import values
from core.series.spread import spread
from core.series.wording import figure, moment
from core.series.zones import begin_of
from core.solar.plain import number
from core.store import PlantFile

# ---------------------------------------------------------------------- check


def check(arguments: argparse.Namespace) -> int:
    """What was noticed; nothing is changed, and none of it forbids signing."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        metered = Metered(plant.ledger, plant.blob)
        year = year_meant(plant.ledger, arguments.year)
        chosen = [meter_of(plant.ledger, arguments.meter)] if arguments.meter else list(metered.meters)
        period = Period(date(year, 1, 1), date(year, 12, 31))
        found = [(meter, problems_of(metered, meter, period)) for meter in chosen]
    if arguments.json:
        print_json([_problem_to_plain(one, arguments.lang_ui) for _, problems in found for one in problems])
        return GOOD
    for meter, problems in found:
        _print_problems(meter, problems, arguments.lang_ui)
    if not any(problems for _, problems in found):
        write(T("Nothing was noticed in {year}.", year=str(year)).in_language(arguments.lang_ui))
    return GOOD


def _problem_to_plain(one: Problem, lang: str) -> dict[str, Any]:
    return {
        "meter": one.meter,
        "check": one.check,
        "severity": one.severity,
        "start": one.start,
        "end": one.end,
        "count": one.count,
        "places": one.places,
        "amount": number(one.amount, 3),
        "message": one.message.in_language(lang),
        "remedy": one.remedy.in_language(lang),
    }


def _print_problems(meter: Meter, problems: Sequence[Problem], lang: str) -> None:
    if problems:
        write(T("{name} ({id})", name=verbatim(meter.name), id=meter.id).in_language(lang))
    for one in problems:
        said = T("{severity}: {check}. {message}", severity=SEVERITIES[one.severity], check=CHECKS[one.check],
                 message=one.message)  # fmt: skip
        write(f"- {said.in_language(lang)}")
        write(f"  {one.remedy.in_language(lang)}")


# ---------------------------------------------------------------------- activities


def activities(arguments: argparse.Namespace) -> int:
    """The whole months that are not entered yet, as one change."""
    lang = arguments.lang_ui
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        ledger, metered = plant.ledger, Metered(plant.ledger, plant.blob)
        meter, year = meter_of(ledger, arguments.meter), year_meant(ledger, arguments.year)
        method = _method(arguments.method.strip(), meter, ledger)
        found = activities_of(
            meter,
            metered.monthly(meter.id, date(year, 1, 1), date(year, 12, 31)),
            ledger,
            lambda count: next_ids(ledger, count),
            method=method,
            parameters=tuple(sorted(pairs(arguments.set, "uncertainty=2").items())),
            note=arguments.note.strip(),
            lang=lang,
        )
        _check_item(found.activities, plant)
        if found.activities and not arguments.dry_run:
            why = T("{count} months of {name} entered as activity data", count=len(found.activities), name=meter.name)
            steps = tuple(Step("activity", one.id, None, one) for one in found.activities)
            confirm(plant, Change(person(arguments), now(), why, steps), arguments)
    if arguments.json:
        print_json(_derived_to_plain(found, arguments))
    else:
        _print_derived(found, meter, arguments)
    return GOOD


def _method(said: str, meter: Meter, ledger: Ledger) -> str:
    """The method that was said; else that of the source outside scope 3, where the same energy stands once more."""
    known = all_methods()
    if said and said not in known:
        raise UserError(
            T("Unknown method “{method}”.", method=verbatim(said)),
            T("Choose one of: {choices}.", choices=sorted(known)),
        )
    own = {a.method for a in ledger.activities if (a.source, a.item) == (meter.source, meter.item)}
    main = [key for key in own if key in known and known[key].scopes != ("scope3",)]
    return said or (main[0] if len(main) == 1 else "")


def _check_item(made: Sequence[Activity], plant: PlantFile) -> None:
    """A method that does not know the item would only exclude every month."""
    for one in made[:1]:
        item, method = library_of_plant(plant).items.get(one.item), all_methods()[one.method]
        if item is None or item.kind not in method.kinds:
            raise UserError(
                T("“{item}” is not something that {method} knows.", item=one.item, method=method.title),
                T("Name another method, or correct the item of the meter."),
            )


def _derived_to_plain(found: Derived, arguments: argparse.Namespace) -> dict[str, Any]:
    return {
        "dry_run": arguments.dry_run,
        "entered": [] if arguments.dry_run else [one.id for one in found.activities],
        "months": [
            {
                "id": one.id,
                "month": f"{one.start:%Y-%m}",
                "quantity": f"{one.quantity:f}",
                "unit": one.unit,
                "estimated": one.estimated,
                "evidence": one.evidence,
            }
            for one in found.activities
        ],
        "left_out": [
            {
                "month": f"{one.month:%Y-%m}",
                "reason": one.reason.in_language(arguments.lang_ui),
                "remedy": one.remedy.in_language(arguments.lang_ui),
            }
            for one in found.left_out
        ],
    }


def _print_derived(found: Derived, meter: Meter, arguments: argparse.Namespace) -> None:
    lang = arguments.lang_ui
    rows = [
        [one.id, show_month(one.start, lang), show_number(one.quantity), one.unit,
         T("estimated").in_language(lang) if one.estimated else ""]
        for one in found.activities
    ]  # fmt: skip
    if rows:
        heads = [T("Id"), T("Month"), T("Quantity"), T("Unit")]
        write(table([*(head.in_language(lang) for head in heads), ""], rows, (2,)))
    for one in found.left_out:
        write(f"- {one.reason.in_language(lang)}")
        write(f"  {one.remedy.in_language(lang)}")
    if rows and not arguments.dry_run:
        done = T("{count} months of {name} entered as activity data", count=len(rows), name=verbatim(meter.name))
    else:
        done = T("Nothing was changed.")
    write(done.in_language(lang))


# ---------------------------------------------------------------------- estimate


def estimate(arguments: argparse.Namespace) -> int:
    """Fill what is missing between two days; measured values stay as they are."""
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        metered = Metered(plant.ledger, plant.blob)
        meter = meter_of(plant.ledger, arguments.meter)
        found = _estimated(metered, meter, arguments)
        why = T(
            "{count} missing values of {name} estimated from {start} to {end}. {method} Reason: {reason}",
            count=found.count,
            name=verbatim(meter.name),
            start=moment(found.start, metered.zone),
            end=moment(found.end, metered.zone),
            method=found.method,
            reason=verbatim(arguments.reason.strip()),
        )
        step, blobs = _filling(metered, meter, found)
        if not arguments.dry_run:
            confirm(plant, Change(person(arguments), now(), why, (step,)), arguments, blobs)
    if arguments.json:
        print_json({
            "id": meter.id, "count": found.count, "amount": None if is_level(meter) else number(found.amount, 3),
            "start": found.start, "end": found.end, "method": found.method.in_language(arguments.lang_ui),
            "saved": not arguments.dry_run,
        })  # fmt: skip
        return GOOD
    _say_estimated(found, meter, why, arguments)
    return GOOD


def _estimated(metered: Metered, meter: Meter, arguments: argparse.Namespace) -> Estimate:
    first, last = span_of_days(arguments)
    if not arguments.reason.strip():
        raise UserError(T("{option} is missing.", option="--reason"), T("Say it on the command line."))
    if bool(arguments.total) != (arguments.method == "total"):
        raise UserError(
            T("A total belongs to the method “total”, and the method to a total."), T("Say both of them or neither.")
        )
    series, zone = series_of_meter(metered, meter), metered.zone
    start, end = begin_of(first, zone), begin_of(last + timedelta(days=1), zone)
    if arguments.method == "linear":
        return linear(series, start, end, zone)
    if arguments.method == "same-time":
        return same_time(series, start, end, zone)
    if is_level(meter):
        raise UserError(
            T("{meter} is a sensor: its values are levels and add up to nothing.", meter=meter.name),
            T("Choose another method."),
        )
    total = parse_number(arguments.total)
    shape = profile(series, zone)
    return spread(series, start, end, zone, total=total, source=arguments.reason.strip(), profile=shape)


def _filling(metered: Metered, meter: Meter, found: Estimate) -> tuple[Step, tuple[bytes, ...]]:
    before, index = metered.kept(meter.id), metered.index(meter.id)
    assert isinstance(before, IntervalData) and index is not None  # it has a series
    series = found.series
    begin, after = ((at - series.start) // series.step for at in (found.start, found.end))
    marks = None if series.marks is None else series.marks[begin:after]
    part = Series(found.start, series.step, series.values[begin:after], marks)
    merged = merge(index, part, metered.zone, metered.blob, overwrite=False)
    return Step("intervals", meter.id, before, intervals_of(meter.id, merged, before.files)), merged.blobs


def _say_estimated(found: Estimate, meter: Meter, why: Text, arguments: argparse.Namespace) -> None:
    lang = arguments.lang_ui
    write(why.in_language(lang))
    if not is_level(meter):
        words = T("They add up to {amount} {unit}.", amount=figure(found.amount, 9), unit=meter.unit)
        write(words.in_language(lang))
    if arguments.dry_run:
        write(T("Nothing was changed.").in_language(lang))


# ---------------------------------------------------------------------- export


def export(arguments: argparse.Namespace) -> int:
    """Every value with its place and time, in a file that this program reads again."""
    must_be_new(arguments.out)
    with PlantFile.open(arguments.file, read_only=True) as plant:
        metered = Metered(plant.ledger, plant.blob)
        chosen = [meter_of(plant.ledger, key) for key in arguments.meter] or [
            meter for meter in metered.meters if metered.kept(meter.id) is not None
        ]
        rows = export_series(arguments.out, [_exported(metered, m, arguments) for m in chosen], metered.zone)
    words = T("{rows} rows written to {file}.", rows=f"{rows:,}", file=str(arguments.out))
    write(words.in_language(arguments.lang_ui))
    return GOOD


def _exported(metered: Metered, meter: Meter, arguments: argparse.Namespace) -> Exported:
    index = metered.index(meter.id)
    if index is None:
        raise UserError(T("{meter} has no interval data.", meter=meter.name), T("Import a file of the meter first."))
    start = index.start if arguments.first is None else begin_of(parse_date(arguments.first), metered.zone)
    end = index.end
    if arguments.last is not None:
        end = begin_of(last_of(arguments.last) + timedelta(days=1), metered.zone)
    return Exported(meter.name, meter.unit, values(index, metered.blob, start, end))
