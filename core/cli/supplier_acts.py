"""What ``supplier`` shows and changes: coverage, calendar, workbooks out and in."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date

from core.cli.because import confirm
from core.cli.common import GOOD, NO, library_of_plant, now, person, print_json, table, write
from core.cli.holding import records_in
from core.disclosures.calendar import KINDS, calendar_of
from core.disclosures.plain_checked import calendar_to_plain, coverage_to_plain
from core.disclosures.undertakings import TEXTS, Coverage, coverages_of
from core.exchange.dates import parse_date
from core.exchange.supplier_requests import TakenUp, read_answer, taking_back, taking_up, write_request
from core.exchange.supplier_requests.reading import Answered
from core.i18n import T, show, show_number
from core.ledger import Change, Supplier, to_plain
from core.store import PlantFile


def undertakings(arguments: argparse.Namespace) -> int:
    """Coverage of each text. Exit code 1 when somebody is expired or missing, or nobody delivers."""
    lang, records = arguments.lang_ui, records_in(arguments.file)
    every = coverages_of(records, _day(arguments))
    names = {one.id: one.name for one in records.held(Supplier)}
    if arguments.json:
        print_json([coverage_to_plain(one, lang) for one in every])
    else:
        heads = (T("Text"), T("Suppliers"), T("Signed"), "%", T("Share of spend"), T("Expired"), T("Missing"))
        rows = [_covered(one, names, lang) for one in every]
        write(table([one if isinstance(one, str) else one.in_language(lang) for one in heads], rows, (1, 2, 3)))
    complete = all(one.suppliers and len(one.signed) == one.suppliers for one in every)
    return GOOD if complete else NO


def _covered(one: Coverage, names: dict[str, str], lang: str) -> list[str]:
    money = ", ".join(
        f"{show_number(each.percent, 1)} % {each.currency}" for each in one.spend if each.percent is not None
    )
    percent = "–" if one.percent is None else show_number(one.percent, 1)
    return [TEXTS[one.text].in_language(lang), str(one.suppliers), str(len(one.signed)), percent, money or "–",
            _named(one.expired, names), _named(one.missing, names)]  # fmt: skip


def _named(ids: Iterable[str], names: dict[str, str]) -> str:
    return "; ".join(names[key] for key in ids) or "–"


def calendar(arguments: argparse.Namespace) -> int:
    """Day by day. Exit code 1 when something is overdue."""
    lang = arguments.lang_ui
    found = calendar_of(records_in(arguments.file), _day(arguments))
    if arguments.until:
        last = parse_date(arguments.until)
        found = tuple(one for one in found if one.day <= last)
    if arguments.json:
        print_json(calendar_to_plain(found, lang))
    elif not found:
        write(T("Nothing expires and nothing is due.").in_language(lang))
    else:
        overdue = T("overdue").in_language(lang)
        rows = [[show(one.day, lang), overdue if one.overdue else "", KINDS[one.kind].in_language(lang),
                 one.words.in_language(lang), one.id] for one in found]  # fmt: skip
        heads = [word.in_language(lang) for word in (T("Day"), T("State"), T("What"), T("About"))]
        write(table([*heads, ""], rows, ()))
    return NO if any(one.overdue for one in found) else GOOD


def _day(arguments: argparse.Namespace) -> date:
    return parse_date(arguments.day) if arguments.day else now().date()


# ---------------------------------------------------------------------- requests


def write_out(arguments: argparse.Namespace) -> int:
    """The workbook for a supplier."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        write_request(arguments.out, plant.ledger, arguments.id, arguments.language)
    return GOOD


def take_up(arguments: argparse.Namespace) -> int:
    """Activity data of an answer. Exit code 1 with each refused cell; then nothing is changed."""
    lang, day = arguments.lang_ui, _day(arguments)
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        answered = read_answer(arguments.workbook, plant.ledger)
        if answered.refused:
            _refused(answered, arguments)
            return NO
        done = taking_up(answered, plant.ledger, library_of_plant(plant), day)
        if not arguments.dry_run:
            confirm(plant, Change(person(arguments), now(), done.why, done.steps), arguments, done.data)
    _taken(answered, done, arguments)
    for note in () if arguments.json else done.notes:
        write(note.in_language(lang))
    return GOOD


def _refused(answered: Answered, arguments: argparse.Namespace) -> None:
    lang = arguments.lang_ui
    if arguments.json:
        refused = [
            {
                "row": one.row,
                "column": None if one.column is None else one.column.in_language(lang),
                "reason": one.reason.in_language(lang),
                "remedy": one.remedy.in_language(lang),
            }
            for one in answered.refused
        ]
        print_json({"request": answered.request.id, "changed": [], "refused": refused, "notes": []})
    for one in () if arguments.json else answered.refused:
        write(one.message.in_language(lang))


def _taken(answered: Answered, done: TakenUp, arguments: argparse.Namespace) -> None:
    lang = arguments.lang_ui
    if not arguments.json:
        write(done.why.in_language(lang))
        return
    changed = [to_plain(step.after) if step.after else {"id": step.id} for step in done.steps]
    notes = [one.in_language(lang) for one in done.notes]
    print_json({"request": answered.request.id, "changed": changed, "refused": [], "notes": notes})


def take_back(arguments: argparse.Namespace) -> int:
    """The answer and its records go; what was asked stays."""
    with PlantFile.open(arguments.file) as plant:
        done = taking_back(plant.ledger, arguments.id)
        confirm(plant, Change(person(arguments), now(), done.why, done.steps), arguments)
    if arguments.json:
        print_json({"removed": [step.id for step in done.steps if step.after is None]})
    else:
        write(done.why.in_language(arguments.lang_ui))
    return GOOD
