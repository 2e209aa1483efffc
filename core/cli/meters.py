"""What ``meter list``, ``add``, ``exchange`` and ``read`` do: meters shown, described, exchanged and read."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.cli.because import confirm
from core.cli.common import GOOD, library_of_plant, now, person, print_json, table, write
from core.cli.energy import DASH, meter_of, year_meant
from core.cli.fields import last_of, needed, read_options
from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.ids import next_ids
from core.exchange.numbers import parse_number
from core.handover.energy import problems_of
from core.i18n import T, Text, show_date, show_number, verbatim
from core.inventory import Period
from core.ledger import Change, Ledger, Meter, MeterExchange, Reading, Record, Step, kind_of
from core.library import Library
from core.methods import plain
from core.series.counters import consumption
from core.series.entering import DIRECTIONS, checked_exchange, checked_meter, checked_reading, in_place
from core.series.media import MEDIA
from core.series.metered import Metered, is_level
from core.series.overview import in_tree, months_of_year, overdue, span_of, year_sum
from core.store import PlantFile

# ---------------------------------------------------------------------- list


def show(arguments: argparse.Namespace) -> int:
    """Every meter below the one before it."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        metered = Metered(plant.ledger, plant.blob)
        year = year_meant(plant.ledger, arguments.year)
        plain_ones = [_to_plain(metered, meter, depth, year) for meter, depth in in_tree(metered.meters)]
    if arguments.json:
        print_json({"year": year, "meters": plain_ones})
    elif not plain_ones:
        write(T("The plant has no meters yet; “meter add” takes one.").in_language(arguments.lang_ui))
    else:
        _print(plain_ones, year, arguments.lang_ui)
    return GOOD


def _to_plain(metered: Metered, meter: Meter, depth: int, year: int) -> dict[str, Any]:
    total, by_readings = year_sum(metered, meter, year)
    span, months = span_of(metered, meter), months_of_year(metered, meter, year)
    kept = metered.kept(meter.id)
    found = problems_of(metered, meter, Period(date(year, 1, 1), date(year, 12, 31)))
    serial, multiplier, digits = in_place(meter, metered.ledger)
    return {
        "id": meter.id,
        "name": meter.name,
        "depth": depth,
        "parent": meter.parent,
        "serial": serial,
        "medium": meter.medium,
        "direction": meter.direction,
        "unit": meter.unit,
        "multiplier": plain(multiplier),
        "digits": digits,
        "accuracy": meter.accuracy,
        "calibrated_to": meter.calibrated_to,
        "overdue": overdue(meter, None if span is None else span[1], year),
        "location": meter.location,
        "source": meter.source,
        "item": meter.item,
        "first": None if span is None else span[0].isoformat(),
        "last": None if span is None else span[1].isoformat(),
        "values": 0 if kept is None else kept.values,
        "level": is_level(meter),
        "total": None if total is None else plain(total),
        "by_readings": by_readings and total is not None,
        "expected": sum(month.expected for month in months),
        "present": sum(month.present for month in months),
        "estimated": sum(month.estimated for month in months),
        "warnings": sum(one.severity == "warning" for one in found),
        "notes": sum(one.severity == "info" for one in found),
    }


def _print(meters: Sequence[dict[str, Any]], year: int, lang: str) -> None:
    heads = (T("Id"), T("Meter"), T("Serial number"), T("Medium"), T("Direction"), T("Values"),
             T("Sum of {year}", year=str(year)), T("Unit"), T("Calibrated to"), T("Warnings"), T("Notes"))  # fmt: skip
    write(table([head.in_language(lang) for head in heads], [_row(one, lang) for one in meters], (6, 9, 10)))
    write(T("“meter check” tells the problems.").in_language(lang))


def _row(one: dict[str, Any], lang: str) -> list[str]:
    medium, direction = MEDIA.get(one["medium"]), DIRECTIONS.get(one["direction"])
    days = [show_date(date.fromisoformat(day), lang) for day in (one["first"], one["last"]) if day]
    return [
        one["id"],
        "  " * one["depth"] + one["name"],
        one["serial"],
        one["medium"] if medium is None else medium.title.in_language(lang),
        one["direction"] if direction is None else direction.in_language(lang),
        f" {DASH} ".join(days) or DASH,
        _sum_shown(one, lang),
        one["unit"],
        _calibration(one, lang),
        *(str(one[key]) if one[key] else DASH for key in ("warnings", "notes")),
    ]


def _sum_shown(one: dict[str, Any], lang: str) -> str:
    if one["total"] is None:
        return DASH
    shown = show_number(Decimal(one["total"]), 1)
    if one["level"]:
        return T("mean {value}", value=shown).in_language(lang)
    return T("{value} (readings)", value=shown).in_language(lang) if one["by_readings"] else shown


def _calibration(one: dict[str, Any], lang: str) -> str:
    if not one["calibrated_to"]:
        return DASH
    try:
        day = show_date(date.fromisoformat(one["calibrated_to"]), lang)
    except ValueError:
        return str(one["calibrated_to"])
    return T("{day}, overdue", day=day).in_language(lang) if one["overdue"] else day


# ---------------------------------------------------------------------- add


def add(arguments: argparse.Namespace) -> int:
    """A new meter, or another description of a known one, as one change."""
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        ledger = plant.ledger
        before = meter_of(ledger, arguments.meter) if arguments.meter else None
        after = checked_meter(_described(arguments, before, ledger, library_of_plant(plant)), ledger)
        if before is None:
            why = T("Meter {name} added", name=verbatim(after.name))
        else:
            why = T("Meter {name} edited", name=verbatim(after.name))
        return _keep(plant, why, after, before, arguments)


def _described(arguments: argparse.Namespace, before: Meter | None, ledger: Ledger, library: Library) -> Meter:
    if before is None:
        needed(arguments, "name", "medium", "direction", "unit")
    typed = read_options(arguments, Meter)
    if typed.get("calibrated_to"):
        typed["calibrated_to"] = last_of(arguments.calibrated_to).isoformat()
    if typed.get("item"):
        typed["item"] = _item(typed["item"], library)
    if typed.get("parent"):
        typed["parent"] = meter_of(ledger, typed["parent"]).id
    if before is not None:
        return replace(before, **typed)
    return Meter(next_ids(ledger, 1, "meter")[0], **typed)


def _item(text: str, library: Library) -> str:
    """The key of an item by its key or one of its names."""
    if text in library.items:
        return text
    known = library.recognise(text)
    if known is None:
        raise UserError(T("Unknown item “{item}”.", item=verbatim(text)), T("Choose one of the list."))
    return known.key


def _keep(plant: PlantFile, why: Text, after: Record, before: Record | None, arguments: argparse.Namespace) -> int:
    """One record as one change, unless it is only to be checked."""
    fresh = after != before
    if fresh and not arguments.dry_run:
        step = Step(kind_of(after), after.id, before, after)
        confirm(plant, Change(person(arguments), now(), why, (step,)), arguments)
    if arguments.json:
        print_json({"id": after.id, "saved": fresh and not arguments.dry_run})
    elif not fresh or arguments.dry_run:
        write(T("Nothing was changed.").in_language(arguments.lang_ui))
    else:
        write(T("{what}. Its id is {id}.", what=why, id=after.id).in_language(arguments.lang_ui))
    return GOOD


# ---------------------------------------------------------------------- exchange and read


def exchange(arguments: argparse.Namespace) -> int:
    """From a day on another counter counts; what the old one did not say again stays as it was."""
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        ledger = plant.ledger
        meter = meter_of(ledger, arguments.meter)
        day = parse_date(arguments.day)
        _, multiplier, digits = in_place(meter, ledger, day)
        typed: dict[str, Any] = {"multiplier": multiplier, "digits": digits}
        typed |= read_options(arguments, MeterExchange)
        typed |= {"id": next_ids(ledger, 1, "meter_exchange")[0], "meter": meter.id, "day": day}
        made = checked_exchange(MeterExchange(**typed), ledger)
        return _keep(plant, T("Exchange of {name} entered", name=verbatim(meter.name)), made, None, arguments)


def read(arguments: argparse.Namespace) -> int:
    """A bill, or the state of a counter."""
    if not arguments.counter:
        needed(arguments, "start")
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        ledger = plant.ledger
        meter = meter_of(ledger, arguments.meter)
        end = last_of(arguments.end)
        made = Reading(
            next_ids(ledger, 1, "reading")[0],
            meter.id,
            end if arguments.counter else parse_date(arguments.start),
            end,
            parse_number(arguments.value),
            arguments.counter,
            arguments.estimated,
            (arguments.evidence or "").strip(),
            (arguments.note or "").strip(),
        )
        checked_reading(made, ledger)
        code = _keep(plant, T("Reading of {name} entered", name=verbatim(meter.name)), made, None, arguments)
        if not arguments.json:
            _say_counted(ledger, meter, made, arguments.lang_ui)
    return code


def _say_counted(ledger: Ledger, meter: Meter, made: Reading, lang: str) -> None:
    """What follows from the state of a counter and the one before."""
    if not made.counter:
        return
    try:
        found = consumption([*ledger.held(Reading), made], meter, ledger.held(MeterExchange))
    except UserError as error:  # other readings contradict each other, since before this one
        write(error.text(lang))
        return
    for one in found:
        if made.id in one.reading_ids:
            words = T("From {start} to {end} it counted {amount} {unit}.", start=one.start, end=one.end,
                      amount=one.amount, unit=meter.unit)  # fmt: skip
            write(words.in_language(lang))
