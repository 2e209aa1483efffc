"""``office repeats``: certificates, contracts, meters and files that several reports use."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, print_json, table, write
from core.cli.office._opened import opened
from core.group.year.repeats import KINDS, Repeat, doubly_certified, repeats, repeats_to_plain
from core.i18n import T, show_number


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    summary = T("What is used twice in the group: certificates, contracts, meters, evidence files.")
    parser = command(commands, "repeats", summary, run_repeats, lang)
    parser.add_argument("group", type=Path, metavar="GROUP")
    parser.add_argument("--json", action="store_true")


def run_repeats(arguments: argparse.Namespace) -> int:
    """Exit code 1 when something is used twice."""
    lang = arguments.lang_ui
    with opened(arguments.group) as group:
        found = repeats(group)
    if arguments.json:
        print_json({"repeats": repeats_to_plain(found, lang)})
    else:
        _print(found, lang)
    return NO if found else GOOD


def _print(found: tuple[Repeat, ...], lang: str) -> None:
    if not found:
        write(T("Nothing is used twice.").in_language(lang))
        return
    for one in found:
        write(one.sentence().in_language(lang))
    heads = (T("Kind"), T("Number named"), T("Plant"), T("Year"), T("Place in the report"), T("Electricity, kWh"))
    rows = [
        (KINDS[one.kind].in_language(lang), h.named, h.filed.plant, str(h.filed.year), h.label,
         "" if h.energy is None else show_number(h.energy))
        for one in found
        for h in one.holders
    ]  # fmt: skip
    write("")
    write(table([head.in_language(lang) for head in heads], rows, (5,)))
    doubled = doubly_certified(found)
    if doubled:
        write("")
        write(T("Certificates of {count} MWh are used more than once.", count=doubled).in_language(lang))
