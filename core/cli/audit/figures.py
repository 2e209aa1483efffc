"""``audit figures`` and ``audit benchmarks``: what emissions are held against."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.audit.benchmarks import removing, subject_title
from core.audit.degree_days import BASES
from core.audit.figure_units import unit_title
from core.audit.key_figures import KNOWN, changing, figure_title, named, names_of, over
from core.cli.audit._tables import refused, taken_up
from core.cli.because import add_because, confirm
from core.cli.common import GOOD, NO, Commands, command, library_of_plant, now, person, print_json, table, write
from core.exchange.benchmarks import FIELDS, read_benchmarks, write_benchmarks
from core.exchange.benchmarks import taking_up as taking_benchmarks
from core.exchange.dates import parse_date, parse_span
from core.exchange.ids import next_ids
from core.exchange.key_figures import read_key_figures, write_key_figures
from core.exchange.key_figures import taking_up as taking_figures
from core.exchange.numbers import parse_number
from core.i18n import T, Text, show_number
from core.inventory import choices_of
from core.ledger import Benchmark, Change, KeyFigure, to_plain
from core.methods import plain
from core.store import PlantFile

LANGUAGES = ("en", "zh", "both")


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands and their acts."""
    figures = _group(commands, "figures", T("Key figures: production, revenue, people, area, degree days."), lang)
    shown = command(figures, "show", T("List the key figures of a year with their sums and means."), run_show, lang)
    shown.add_argument("--year", type=int, required=True)
    added = command(figures, "add", T("Add a key figure."), run_add, lang)
    added.add_argument("--name", required=True, metavar="NAME", help=", ".join(KNOWN))
    for name, meta in (("unit", "UNIT"), ("start", "DATE"), ("quantity", "NUMBER")):
        added.add_argument(f"--{name}", required=True, metavar=meta)
    for name in ("end", "evidence", "note"):
        added.add_argument(f"--{name}", default="")
    taken = command(figures, "remove", T("Remove key figures."), run_remove, lang)
    brought = command(figures, "import", T("Import key figures from csv or xlsx."), run_import, lang)
    written = command(figures, "export", T("Write the key figures to csv or xlsx."), run_export, lang)
    degree = command(figures, "degree-days", T("Work degree days out from weather or a sensor that is kept."),
                     run_degree_days, lang)  # fmt: skip
    degree.add_argument("--from", dest="origin", required=True, metavar="ID",
                        help=T("Id of a weather file or of a temperature sensor.").in_language(lang))  # fmt: skip
    degree.add_argument("--name", choices=tuple(BASES), required=True)
    degree.add_argument("--base", default="", metavar="°C")
    degree.add_argument("--year", type=int, required=True)
    marks = _group(commands, "benchmarks", T("Benchmarks of sister plants."), lang)
    listed = command(marks, "show", T("List the benchmarks."), run_marks, lang)
    marks_in = command(marks, "import", T("Import benchmarks from csv or xlsx."), run_marks_in, lang)
    marks_out = command(marks, "export", T("Write the benchmarks to csv or xlsx."), run_marks_out, lang)
    gone = command(marks, "remove", T("Remove benchmarks."), run_marks_gone, lang)
    for parser in (shown, added, taken, brought, written, degree, listed, marks_in, marks_out, gone):
        parser.add_argument("file", type=Path, metavar="FILE")
    for parser in (taken, gone):
        parser.add_argument("ids", nargs="+", metavar="ID")
    for parser in (brought, marks_in):
        parser.add_argument("table", type=Path, metavar="TABLE")
    for parser in (written, marks_out):
        parser.add_argument("out", type=Path, metavar="OUT")
        parser.add_argument("--lang", choices=LANGUAGES, default="both")
    for parser in (shown, listed, brought, marks_in):
        parser.add_argument("--json", action="store_true")
    for parser in (added, taken, brought, degree, marks_in, gone):
        parser.add_argument("--person")
        add_because(parser, lang)


def _group(commands: Commands, name: str, words: Text, lang: str) -> Commands:
    said = words.in_language(lang)
    return commands.add_parser(name, help=said, description=said).add_subparsers(metavar="ACT", required=True)


# ---------------------------------------------------------------------- key figures


def run_show(arguments: argparse.Namespace) -> int:
    """Exit code 1 when there are none."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        ledger, library = plant.ledger, library_of_plant(plant)
    period = choices_of(ledger.audit(arguments.year), arguments.year).period
    held = [one for one in ledger.held(KeyFigure) if one.start <= period.end and one.end >= period.start]
    sums = [over(held, name, period, library.units) for name in names_of(held)]
    lang = arguments.lang_ui
    if arguments.json:
        print_json({
            "records": [to_plain(one) for one in held],
            "figures": [{"name": one.name, "unit": one.unit,
                         "quantity": None if one.quantity is None else plain(one.quantity),
                         "missing": None if one.missing is None else one.missing.in_language(lang)} for one in sums],
        })  # fmt: skip
    elif not held:
        write(T("No key figures of {year} are entered.", year=str(arguments.year)).in_language(lang))
    else:
        heads = [word.in_language(lang) for word in (T("Key figure"), T("Quantity"), T("Unit"), T("Missing"))]
        rows = [
            (figure_title(one.name).in_language(lang), "–" if one.quantity is None else show_number(one.quantity),
             unit_title(one.unit).in_language(lang), "" if one.missing is None else one.missing.in_language(lang))
            for one in sums
        ]  # fmt: skip
        write(table(heads, rows, (1,)))
    return GOOD if held else NO


def run_add(arguments: argparse.Namespace) -> int:
    """One figure; a whole month or year as the start needs no end."""
    with PlantFile.open(arguments.file) as plant:
        first, last = parse_span(arguments.start)
        end = parse_date(arguments.end, end=True) if arguments.end else last
        key = next_ids(plant.ledger, 1, "key_figure")[0]
        made = KeyFigure(key, named(arguments.name), arguments.unit, first, end, parse_number(arguments.quantity),
                         arguments.evidence, arguments.note)  # fmt: skip
        done = changing(plant.ledger, library_of_plant(plant).units, [made])
        confirm(plant, Change(person(arguments), now(), done.why, done.steps), arguments)
    write(f"{key}: {done.why.in_language(arguments.lang_ui)}")
    return GOOD


def run_remove(arguments: argparse.Namespace) -> int:
    """All of them or none."""
    with PlantFile.open(arguments.file) as plant:
        done = changing(plant.ledger, library_of_plant(plant).units, removed=tuple(dict.fromkeys(arguments.ids)))
        confirm(plant, Change(person(arguments), now(), done.why, done.steps), arguments)
    write(done.why.in_language(arguments.lang_ui))
    return GOOD


def run_import(arguments: argparse.Namespace) -> int:
    """Exit code 1 with each refused cell when the file cannot be taken up."""
    with PlantFile.open(arguments.file) as plant:
        found = read_key_figures(arguments.table, plant.ledger)
        if found.refused:
            return refused(arguments, found.refused)
        change = taking_figures(found, plant.ledger, library_of_plant(plant))
        return taken_up(plant, change, arguments, len(found.rows))


def run_export(arguments: argparse.Namespace) -> int:
    """In the form that can be imported again."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        write_key_figures(arguments.out, plant.ledger, arguments.lang)
    return GOOD


def run_degree_days(arguments: argparse.Namespace) -> int:
    """Months of which a day is not known get no figure and are named."""
    from core.exchange.degree_days import taking_degree_days
    from core.series.metered import Metered

    lang = arguments.lang_ui
    with PlantFile.open(arguments.file) as plant:
        period = choices_of(plant.ledger.audit(arguments.year), arguments.year).period
        base = parse_number(arguments.base) if arguments.base else BASES[arguments.name]
        metered = Metered(plant.ledger, plant.blob)
        made = taking_degree_days(metered, library_of_plant(plant), arguments.origin, arguments.name, base, period)
        if made.steps:
            confirm(plant, Change(person(arguments), now(), made.why, made.steps), arguments)
    write(T("{what}; months: {count}", what=made.why, count=made.months).in_language(lang))
    if made.unknown:
        months: list[date] = list(made.unknown)
        write(T("Not every day is known of the months that begin on: {days}.", days=months).in_language(lang))
    return GOOD


# ---------------------------------------------------------------------- benchmarks


def run_marks(arguments: argparse.Namespace) -> int:
    """Exit code 1 when there are none."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        ledger, library = plant.ledger, library_of_plant(plant)
    held, lang = ledger.held(Benchmark), arguments.lang_ui
    if arguments.json:
        print_json([to_plain(one) for one in held])
    elif not held:
        write(T("There are no benchmarks.").in_language(lang))
    else:
        heads = ["", *(field.name.in_language(lang) for field in FIELDS)]
        rows = [
            (one.id, figure_title(one.figure).in_language(lang),
             subject_title(one.subject, library).in_language(lang), unit_title(one.unit).in_language(lang),
             *map(show_number, _values(one)),
             str(one.plants), str(one.year), one.publisher)
            for one in held
        ]  # fmt: skip
        write(table(heads, rows, (4, 5, 6, 7)))
    return GOOD if held else NO


def _values(one: Benchmark) -> tuple[Decimal, Decimal, Decimal]:
    return one.low, one.median, one.high


def run_marks_in(arguments: argparse.Namespace) -> int:
    """Exit code 1 with each refused cell when the file cannot be taken up."""
    with PlantFile.open(arguments.file) as plant:
        found = read_benchmarks(arguments.table, plant.ledger, library_of_plant(plant))
        if found.refused:
            return refused(arguments, found.refused)
        return taken_up(plant, taking_benchmarks(found, plant.ledger), arguments, len(found.rows))


def run_marks_out(arguments: argparse.Namespace) -> int:
    """In the form that can be imported again."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        write_benchmarks(arguments.out, plant.ledger, arguments.lang)
    return GOOD


def run_marks_gone(arguments: argparse.Namespace) -> int:
    """All of them or none."""
    with PlantFile.open(arguments.file) as plant:
        done = removing(plant.ledger, arguments.ids)
        confirm(plant, Change(person(arguments), now(), done.why, done.steps), arguments)
    write(done.why.in_language(arguments.lang_ui))
    return GOOD
