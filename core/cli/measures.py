"""What ``savings`` does: show measures, add one, take one away, describe their kinds."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.common import BAD_INPUT, GOOD, library_of_plant, now, person, print_json, table, write
from core.errors import UserError
from core.i18n import Localised, T, Text, show_number, verbatim
from core.ledger import Measure
from core.library import Library
from core.methods import Parameter
from core.savings import FIRST as FIRST_YEAR
from core.savings import LAST as LAST_YEAR
from core.savings import (
    NEVER_SUBTRACTED,
    Kind,
    Savings,
    SavingYear,
    all_kinds,
    kind_named,
    saving_of,
    savings_of,
    savings_to_plain,
)
from core.store import PlantFile

if TYPE_CHECKING:
    from core.exchange.measure_tables import MeasureTable

# ---------------------------------------------------------------------- show


def show(path: Path, arguments: argparse.Namespace) -> int:
    """Every measure by year, or as JSON."""
    first, last = (FIRST_YEAR, LAST_YEAR) if arguments.year is None else (arguments.year, arguments.year)
    with PlantFile.open(path, read_only=True) as plant:
        library = library_of_plant(plant)
        found = savings_of(plant.ledger, library, first, last, blob=plant.blob)
    if arguments.json:
        print_json(savings_to_plain(found, arguments.lang_ui))
    else:
        _print(found, library, arguments.lang_ui)
    return GOOD


def _print(found: Savings, library: Library, lang: str) -> None:
    if found.empty:
        write(T("The plant has no measures yet; “savings add” takes one.").in_language(lang))
        return
    heads = (T("Id"), T("Measure"), T("Kind"), T("Item"), T("Year"), T("Saved, MWh"), T("Avoided, t CO₂e"), T("Money"))
    rows = [
        (
            one.measure.id,
            one.measure.name,
            one.kind.title.in_language(lang),
            library.items[one.measure.item].name.in_language(lang),
            *_cells(year, one.currency),
        )
        for one in found.savings
        for year in one.years
    ]
    rows += [("", T("All measures").in_language(lang), "", "", *_sum(found, year)) for year in _years(found)]
    write(table([head.in_language(lang) for head in heads], rows, (5, 6, 7)))
    _print_words(found, lang)


def _cells(year: SavingYear, currency: str) -> tuple[str, ...]:
    money = f"{show_number(year.money, 2)} {currency}" if currency else "–"
    return str(year.year), show_number(year.kwh / 1000, 3), show_number(year.tonnes, 3), money


def _years(found: Savings) -> list[int]:
    return [one.year for one in found.years]


def _sum(found: Savings, year: int) -> tuple[str, ...]:
    whole = found.of(year)
    assert whole is not None  # asked for the years there are
    money = " + ".join(f"{show_number(amount, 2)} {currency}" for currency, amount in whole.money)
    return str(year), show_number(whole.kwh / 1000, 3), show_number(whole.tonnes, 3), money or "–"


def _print_words(found: Savings, lang: str) -> None:
    """What to look at, and that nothing is subtracted."""
    said: list[tuple[Localised, Localised | None]] = [
        (T("{measure}: {words}", measure=verbatim(one.measure.name), words=words), None)
        for one in found.savings
        for words in (*one.warnings, *one.notes)
    ]
    said += [
        (T("{measure}: {words}", measure=verbatim(one.measure.name), words=one.error.message), one.error.remedy)
        for one in found.unclear
    ]
    said += [(one.message, one.remedy) for one in found.overlaps]
    for words, remedy in said:
        write(f"- {words.in_language(lang)}")
        if remedy is not None:
            write(f"  {remedy.in_language(lang)}")
    write(NEVER_SUBTRACTED.in_language(lang))


# ---------------------------------------------------------------------- add and remove


def add(path: Path, arguments: argparse.Namespace) -> int:
    """Keep a measure that can be calculated."""
    from core.exchange.measures import keeping
    from core.exchange.proofs import load_proof

    kind = kind_named(_needed(arguments.kind, "--kind"))
    with PlantFile.open(path, read_only=arguments.dry_run) as plant:
        library = library_of_plant(plant)
        draft = _draft(kind, arguments, library)
        data = None
        if arguments.table is not None:
            data = _read(arguments.table, kind, arguments)
            if not data:
                return BAD_INPUT
        proofs = [load_proof(one) for one in arguments.proof]
        made = keeping(draft, plant.ledger, library, person(arguments), now(), table=data, proofs=proofs)
        saving_of(made.measure, library, plant.ledger.plant, data=data)  # what cannot be calculated is not kept
        if not arguments.dry_run:
            plant.append(made.change, made.data)
    if arguments.json:
        print_json({"id": made.measure.id, "saved": not arguments.dry_run, "kind": kind.key})
    elif arguments.dry_run:
        write(T("Nothing was changed.").in_language(arguments.lang_ui))
    else:
        words = T("{what}. Its id is {id}.", what=made.change.why, id=made.measure.id)
        write(words.in_language(arguments.lang_ui))
    return GOOD


def _read(path: Path, kind: Kind, arguments: argparse.Namespace) -> bytes:
    """The canonical table; empty after what is wrong with it was told."""
    from core.exchange.measure_tables import read_measure_table

    if not kind.columns:
        raise UserError(T("{kind} has no table.", kind=kind.title), T("Leave out --table."))
    found: MeasureTable = read_measure_table(path, kind)
    for one in found.refused:
        said = T("Row {row}, column {column}: {reason} {remedy}", row=one.row, column=one.column, reason=one.reason,
                 remedy=one.remedy)  # fmt: skip
        write(said.in_language(arguments.lang_ui))
    return found.data


def _draft(kind: Kind, arguments: argparse.Namespace, library: Library) -> Measure:
    said = arguments.item or kind.example["item"]
    item = said if said in library.items else getattr(library.recognise(said, kind.items), "key", said)
    return Measure(
        id="",
        name=_needed(arguments.name, "--name").strip(),
        kind=kind.key,
        start=_day(_needed(arguments.start, "--start")),
        end=_day(_needed(arguments.end, "--end")),
        item=item,
        parameters=tuple(sorted(_pair(text) for text in arguments.set)),
        note=arguments.note.strip(),
    )


def _needed(value: str | None, option: str) -> str:
    if not value:
        raise UserError(T("{option} is missing.", option=option), T("Say it on the command line."))
    return value


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (key.strip() and sign and value.strip()):
        raise UserError(T("“{text}” is no parameter.", text=verbatim(text)), T("Write it like days=250."))
    return key.strip(), value.strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(
            T("“{day}” is not a date.", day=verbatim(text)), T("Write year, month and day, like 2026-03-31.")
        ) from None


def remove(path: Path, key: str, arguments: argparse.Namespace) -> int:
    """Take a measure away; undo brings it back."""
    from core.exchange.measures import taking_away

    with PlantFile.open(path) as plant:
        change = taking_away(plant.ledger, key, person(arguments), now())
        plant.append(change)
    if arguments.json:
        print_json({"id": key, "removed": True})
    else:
        write(change.why.in_language(arguments.lang_ui))
    return GOOD


# ---------------------------------------------------------------------- kinds


def kinds(arguments: argparse.Namespace) -> int:
    """What each kind of measure asks for."""
    lang = arguments.lang_ui
    chosen = [all_kinds()[arguments.kind]] if arguments.kind in all_kinds() else list(all_kinds().values())
    if arguments.json:
        print_json([_kind_to_plain(kind, lang) for kind in chosen])
        return GOOD
    for kind in chosen:
        write(f"{kind.key} – {kind.title.in_language(lang)}. {kind.about.in_language(lang)}")
        for parameter in kind.parameters:
            write(f"  {_described(parameter, lang)}")
        if kind.columns:
            columns = T("Table: {columns}", columns=[column.key for column in kind.columns])
            write(f"  {columns.in_language(lang)}")
        source = T("Source: {source}", source=verbatim(kind.source))
        write(f"  {source.in_language(lang)}\n")
    return GOOD


def _described(parameter: Parameter, lang: str) -> str:
    parts = [f"{parameter.key}  {parameter.title.in_language(lang)}"]
    if parameter.unit:
        parts.append(f"[{parameter.unit}]")
    if parameter.choices:
        parts.append(" | ".join(key for key, _ in parameter.choices))
    if parameter.default is not None:
        parts.append(f"= {show_number(parameter.default)}")
    if parameter.required:
        parts.append(T("(required)").in_language(lang))
    return " ".join(parts)


def _kind_to_plain(kind: Kind, lang: str) -> dict[str, object]:
    return {
        "key": kind.key,
        "title": kind.title.in_language(lang),
        "about": kind.about.in_language(lang),
        "items": list(kind.items),
        "source": kind.source,
        "example": dict(kind.example),
        "parameters": [_parameter_to_plain(one, lang) for one in kind.parameters],
        "columns": [
            {
                "key": one.key,
                "title": one.title.in_language(lang),
                "unit": one.unit,
                "required": one.required,
                "words": [key for key, _ in one.words],
            }
            for one in kind.columns
        ],
    }


def _parameter_to_plain(one: Parameter, lang: str) -> dict[str, object]:
    helped: Text | None = one.help
    return {
        "key": one.key,
        "title": one.title.in_language(lang),
        "unit": one.unit,
        "required": one.required,
        "default": None if one.default is None else f"{one.default:f}",
        "minimum": None if one.minimum is None else f"{one.minimum:f}",
        "maximum": None if one.maximum is None else f"{one.maximum:f}",
        "choices": {key: words.in_language(lang) for key, words in one.choices},
        "help": "" if helped is None else helped.in_language(lang),
    }
