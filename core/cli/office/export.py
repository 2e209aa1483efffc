"""``office export``: the group as tables for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, Commands, command, must_be_new, print_json, write
from core.cli.office._opened import opened
from core.group.out.exporting import FORMATS, export
from core.group.register.ownership import APPROACHES
from core.i18n import T


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Lines and consolidated tables as csv, xlsx or Parquet.")
    parser = command(commands, "export", words, run_export, lang)
    parser.add_argument("group", type=Path, metavar="GROUP")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--year", type=int, action="append", help=T("May be repeated.").in_language(lang))
    which.add_argument("--all", action="store_true", help=T("Every year with reports.").in_language(lang))
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="OUT",
                        help=T("A new folder for csv and Parquet, a new file for xlsx.").in_language(lang))  # fmt: skip
    parser.add_argument("--approach", choices=APPROACHES)
    parser.add_argument("--json", action="store_true")


def run_export(arguments: argparse.Namespace) -> int:
    """Write everything or nothing."""
    must_be_new(arguments.out)
    with opened(arguments.group) as group:
        years = group.years() if arguments.all else sorted(set(arguments.year))
        counts = export(group, years, arguments.format, arguments.out, arguments.approach)
    if arguments.json:
        print_json({"out": str(arguments.out), "rows": counts})
        return GOOD
    for name, count in counts.items():
        write(T("{table}: {count} rows", table=name, count=count).in_language(arguments.lang_ui))
    write(T("Written: {file}", file=str(arguments.out)).in_language(arguments.lang_ui))
    return GOOD
