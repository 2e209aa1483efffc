"""``office summary``: the accepted reports of a year, added up."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, Commands, command, print_json, table, write
from core.cli.office._opened import opened
from core.group import summarise
from core.group.summary import REPORTED, summary_to_plain
from core.i18n import T, show_number


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    summary = command(commands, "summary", T("The accepted reports of a year, added up."), run_summary, lang)
    summary.add_argument("group", type=Path, metavar="GROUP")
    summary.add_argument("--year", type=int, required=True)
    summary.add_argument("--json", action="store_true")


def run_summary(arguments: argparse.Namespace) -> int:
    """The group's year."""
    with opened(arguments.group) as group:
        summary = summarise(arguments.year, group.accepted(arguments.year))
    if arguments.json:
        print_json(summary_to_plain(summary))
        return GOOD
    lang = arguments.lang_ui
    yes, no = T("yes").in_language(lang), T("no").in_language(lang)
    scopes = (T("Scope 1"), T("Scope 2, location-based"), T("Scope 2, market-based"), T("Scope 3"))
    headings = (T("Plant"), T("Country"), *scopes, T("Signed by"), T("Recalculated equal"))
    rows = [
        (p.filed.plant, p.filed.country, *(show_number(p.totals[s], 3) for s in REPORTED), ", ".join(p.filed.signed_by),
         yes if p.filed.recalculated_equal else no)
        for p in summary.plants
    ]  # fmt: skip
    rows.append((T("Group").in_language(lang), "", *(show_number(summary.totals[s], 3) for s in REPORTED), "", ""))
    write(table([h.in_language(lang) for h in headings], rows, (2, 3, 4, 5)))
    return GOOD
