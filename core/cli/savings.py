"""``savings``: what measures other than PV save; add one, take one away, list their kinds."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import Commands, command
from core.errors import UserError
from core.i18n import T, verbatim

ADD, REMOVE, KINDS = "add", "remove", "kinds"


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    parser = command(
        commands, "savings", T("What measures other than PV save; with add, remove and kinds."), run_savings, lang
    )
    parser.add_argument(
        "words", nargs="+", metavar="FILE.plant | add FILE.plant | remove FILE.plant ID | kinds",
        help=T("A plant file, or what to do with one.").in_language(lang),
    )  # fmt: skip
    parser.add_argument("--year", type=int, help=T("Only this year.").in_language(lang))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--kind", help=T("Of the measure: see “savings kinds”.").in_language(lang))
    parser.add_argument("--name")
    parser.add_argument("--item", help=T("What is saved.").in_language(lang))
    parser.add_argument("--start", metavar="DATE", help=T("First day of the measure.").in_language(lang))
    parser.add_argument("--end", metavar="DATE", help=T("Last day, included.").in_language(lang))
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE",
        help=T("A parameter of the kind, once for each.").in_language(lang),
    )  # fmt: skip
    parser.add_argument(
        "--table", type=Path, metavar="TABLE.csv|xlsx", help=T("The table of the measure.").in_language(lang)
    )
    parser.add_argument(
        "--proof", type=Path, action="append", default=[], metavar="FILE",
        help=T("A file that proves it, once for each.").in_language(lang),
    )  # fmt: skip
    parser.add_argument("--note", default="")
    parser.add_argument("--dry-run", action="store_true", help=T("Check only, change nothing.").in_language(lang))
    parser.add_argument("--person")


def run_savings(arguments: argparse.Namespace) -> int:
    """Do what the first word says; a file alone is shown."""
    from core.cli.measures import add, kinds, remove, show  # numpy, which no other command needs

    words = list(arguments.words)
    counts = {ADD: 2, REMOVE: 3, KINDS: 1}
    if len(words) != counts.get(words[0], 1):
        raise UserError(
            T("“{words}” is not understood.", words=verbatim(" ".join(words))),
            T("Write: savings FILE, savings add FILE …, savings remove FILE ID, or savings kinds."),
        )
    if words[0] == KINDS:
        return kinds(arguments)
    if words[0] == ADD:
        return add(Path(words[1]), arguments)
    if words[0] == REMOVE:
        return remove(Path(words[1]), words[2], arguments)
    return show(Path(words[0]), arguments)
