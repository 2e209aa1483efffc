"""``minerals``: declarations of suppliers — take one up, list and check them, decide — and the own roll-up.

A plant file and a group file are treated alike.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from core.cli.because import add_changing
from core.cli.common import Commands, command
from core.i18n import T, Text

STANDINGS = ("conformant", "active")


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command with everything below it."""
    said = T("Declarations of minerals from suppliers: CMRT, EMRT, AMRT; smelters; the own roll-up.").in_language(lang)
    below = commands.add_parser("minerals", help=said, description=said)
    parts = below.add_subparsers(metavar="COMMAND", required=True)
    _add_import(parts, lang)
    _at(_part(parts, "list", T("All declarations with their state."), lang), lang)
    _at(_part(parts, "status", T("Who has answered, and how many declarations are good. Exit code 1 when something is "
                                 "open."), lang), lang)  # fmt: skip
    checked = _part(parts, "check", T("What stands against declarations. Exit code 1 when one is not complete."), lang)
    checked.add_argument("ids", nargs="*", metavar="ID")
    _at(checked, lang)
    _add_decide(parts, lang)
    _add_smelters(parts, lang)
    rolled = _part(parts, "rollup", T("The own declaration that follows from accepted ones. Exit code 1 when something "
                                      "contradicts."), lang)  # fmt: skip
    rolled.add_argument("out", type=Path, nargs="?", metavar="OUT.xlsx")
    _at(rolled, lang)


def _part(parts: Commands, name: str, summary: Text, lang: str) -> argparse.ArgumentParser:
    made = command(parts, name, summary, _work(name), lang)
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("--json", action="store_true")
    return made


def _at(made: argparse.ArgumentParser, lang: str) -> None:
    words = T("Day on which declarations must hold; today when not given.").in_language(lang)
    made.add_argument("--day", metavar="DATE", help=words)


def _add_import(parts: Commands, lang: str) -> None:
    made = _part(parts, "import", T("Take up a workbook that a supplier sent. Exit code 1 when the rules speak against "
                                    "it."), lang)  # fmt: skip
    made.add_argument("workbook", type=Path, metavar="WORKBOOK")
    whose = made.add_mutually_exclusive_group()
    words = T("Who declares, by id, number or name; as the workbook says when not given.").in_language(lang)
    whose.add_argument("--supplier", metavar="NAME", help=words)
    whose.add_argument("--new-supplier", action="store_true",
                       help=T("Enter the company of the workbook as a supplier too.").in_language(lang))  # fmt: skip
    whose.add_argument("--own", action="store_true", help=T("It is the own declaration.").in_language(lang))
    made.add_argument("--received", metavar="DATE", help=T("Day on which it came; today when not given.")
                      .in_language(lang))  # fmt: skip
    add_changing(made, lang, dry_run=True)


def _add_decide(parts: Commands, lang: str) -> None:
    made = _part(parts, "decide", T("Accept a declaration, or send it back."), lang)
    made.add_argument("id", metavar="ID")
    what = made.add_mutually_exclusive_group(required=True)
    what.add_argument("--accept", action="store_true")
    what.add_argument("--send-back", action="store_true")
    what.add_argument("--undecided", action="store_true", help=T("Take the decision back.").in_language(lang))
    made.add_argument("--reason", default="")
    words = T("Write what the supplier has to correct into a new .xlsx, with --send-back.").in_language(lang)
    made.add_argument("--list", type=Path, metavar="FILE", help=words)
    made.add_argument("--lang", choices=("zh", "en", "both"), default="both", help=T("Of the list.").in_language(lang))
    add_changing(made, lang, dry_run=True)


def _add_smelters(parts: Commands, lang: str) -> None:
    made = _part(parts, "smelters", T("Take up a published list of smelters, in csv or xlsx."), lang)
    made.add_argument("table", type=Path, metavar="TABLE")
    made.add_argument("--day", metavar="DATE", required=True,
                      help=T("On which it was published or downloaded.").in_language(lang))  # fmt: skip
    made.add_argument("--name", default="", help=T("A newer list of the same name replaces it.").in_language(lang))
    made.add_argument("--standing", choices=STANDINGS, default="",
                      help=T("Of all smelters, where no column says it.").in_language(lang))  # fmt: skip
    made.add_argument("--source", default="", help=T("Where it was downloaded.").in_language(lang))
    add_changing(made, lang, dry_run=True)


def _work(name: str) -> Callable[[argparse.Namespace], int]:
    """What does it, from modules that no other command needs."""

    def run(arguments: argparse.Namespace) -> int:
        from core.cli import minerals_acts, minerals_shown

        work: dict[str, Callable[[argparse.Namespace], int]] = {
            "import": minerals_acts.take_up,
            "decide": minerals_acts.decide,
            "smelters": minerals_acts.take_list,
            "list": minerals_shown.listed,
            "status": minerals_shown.status,
            "check": minerals_shown.check,
            "rollup": minerals_shown.roll_up,
        }
        return work[name](arguments)

    return run
