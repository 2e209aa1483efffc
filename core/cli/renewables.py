"""``renewables``: what share of the electricity is renewable, whether a claim holds, and what covers what."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from core.cli.because import add_changing
from core.cli.common import Commands, command
from core.cli.entering import add_record_commands
from core.i18n import T, Text

RECORDS = {"instrument": "instrument", "option": "supply_option", "rule": "rule_value"}
"""Kind of record by the name of its command."""
ORDERS = ("expiry", "quality", "cost")
"""As :data:`core.renewables.ORDERS`, which takes longer to load."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command with everything below it."""
    said = T("Renewable electricity: shares, claim, allocation, the way ahead; its records.").in_language(lang)
    below = commands.add_parser("renewables", help=said, description=said)
    parts = below.add_subparsers(metavar="COMMAND", required=True)
    status = _looking(parts, "status", T("Three shares and the claim. Exit code 1 when it does not hold."), lang)
    status.add_argument(
        "--percent", metavar="NUMBER", default="100", help=T("What is claimed; 100 when not given.").in_language(lang)
    )
    _looking(parts, "check", T("What the rules say of every instrument. Exit code 1 when one is stopped."), lang,
             year=False)  # fmt: skip
    _add_allocate(parts, lang)
    _add_import(parts, lang)
    exported = _part(parts, "export", T("All instruments with what is allocated and judged, as csv or xlsx."), lang)
    exported.add_argument("out", type=Path, metavar="OUT")
    _looking(parts, "hourly", T("How much was met hour by hour, and which data are missing."), lang)
    way = _looking(parts, "way", T("What is missing for the target, and the cheapest mix. Exit code 1 when something "
                                   "stays open."), lang)  # fmt: skip
    words = T("That of the target when not given.").in_language(lang)
    way.add_argument("--target", type=int, metavar="YEAR", help=words)
    _looking(parts, "rules", T("Every rule with source, edition and numbers."), lang, year=False)
    add_record_commands(parts, RECORDS, lang)


def _part(parts: Commands, name: str, summary: Text, lang: str) -> argparse.ArgumentParser:
    made = command(parts, name, summary, _work(name), lang)
    made.add_argument("file", type=Path, metavar="FILE")
    return made


def _looking(
    parts: Commands, name: str, summary: Text, lang: str, *, year: bool = True
) -> argparse.ArgumentParser:  # fmt: skip
    made = _part(parts, name, summary, lang)
    if year:
        made.add_argument("--year", type=int, help=T("The last one with data when not given.").in_language(lang))
    made.add_argument("--json", action="store_true")
    return made


def _add_allocate(parts: Commands, lang: str) -> None:
    made = _looking(parts, "allocate", T("Cover bills: as a proposal says, by hand, or take allocations back."), lang)
    made.add_argument("--order", choices=ORDERS, help=T("What a proposal takes first; expiry when not given.")
                      .in_language(lang))  # fmt: skip
    made.add_argument("--instrument", metavar="ID", help=T("By hand: the instrument.").in_language(lang))
    made.add_argument("--record", metavar="ID", help=T("By hand: the record of activity data.").in_language(lang))
    made.add_argument("--kwh", metavar="NUMBER", help=T("By hand: how much of it.").in_language(lang))
    made.add_argument("--note", default="")
    made.add_argument("--take-back", action="append", default=[], metavar="ID",
                      help=T("An allocation to take back, once for each.").in_language(lang))  # fmt: skip
    add_changing(made, lang, dry_run=True)


def _add_import(parts: Commands, lang: str) -> None:
    made = _part(parts, "import", T("Take up an export of a registry, or the own table."), lang)
    made.add_argument("export", type=Path, metavar="EXPORT")
    made.add_argument("--json", action="store_true")
    add_changing(made, lang, dry_run=True)


def _work(name: str) -> Callable[[argparse.Namespace], int]:
    """What does it, from modules that no other command needs."""

    def run(arguments: argparse.Namespace) -> int:
        from core.cli import renewables_ahead, renewables_allocate, renewables_status

        work: dict[str, Callable[[argparse.Namespace], int]] = {
            "status": renewables_status.show_status,
            "check": renewables_status.check,
            "allocate": renewables_allocate.run,
            "import": renewables_allocate.take_up,
            "export": renewables_allocate.export,
            "hourly": renewables_ahead.hourly,
            "way": renewables_ahead.way,
            "rules": renewables_ahead.rules,
        }
        return work[name](arguments)

    return run
