"""``actions``: the action plan, what a tonne costs, when it happens, what was measured; and its records."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from core.cli.common import Commands, command
from core.cli.entering import add_record_commands
from core.errors import UserError
from core.i18n import T, Text, verbatim

RECORDS = {"action": "action", "milestone": "milestone", "resolution": "resolution", "area": "action_area"}
"""Kinds of records by the names of their commands."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command and those below it."""
    summary = T("The action plan: list, cost curve, timeline, measured effect; enter its records.").in_language(lang)
    parser = commands.add_parser("actions", help=summary, description=summary)
    below = parser.add_subparsers(metavar="COMMAND", required=True)
    _shown(below, "list", T("Actions with what each saves and costs, and what is missing."), lang)
    curve = _shown(below, "curve", T("Cost of a tonne, action by action; what to choose for a budget."), lang)
    curve.add_argument("--view", choices=("location", "market"), default="location",
                       help=T("Which figure of scope 2 the tonnes are of.").in_language(lang))  # fmt: skip
    curve.add_argument("--budget", metavar="AMOUNT", help=T("For investment, in the currency of the curve.")
                       .in_language(lang))  # fmt: skip
    curve.add_argument("--currency", default="", metavar="XXX",
                       help=T("Of the curve; else the one that most actions state.").in_language(lang))  # fmt: skip
    _shown(below, "timeline", T("When each action begins, grows and ends, and which milestones are late."), lang)
    _shown(below, "measured", T("Planned against measured effect by year."), lang)
    add_record_commands(below, RECORDS, lang)


def _shown(commands: Commands, name: str, words: Text, lang: str) -> argparse.ArgumentParser:
    parser = command(commands, name, words, run_actions, lang)
    parser.set_defaults(shows=name)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--base", type=int, metavar="YEAR",
                        help=T("Year of the inventory that the actions work on; the newest with data unless said.")
                        .in_language(lang))  # fmt: skip
    if name in ("list", "curve"):
        parser.add_argument("--year", type=int, help=T("Of the tonnes; that of the nearest target unless said.")
                            .in_language(lang))  # fmt: skip
    if name in ("list", "timeline"):
        parser.add_argument("--today", metavar="DATE", type=_day,
                            help=T("Day after which an open milestone is late; today unless said.")
                            .in_language(lang))  # fmt: skip
    return parser


def run_actions(arguments: argparse.Namespace) -> int:
    """Exit code 1 when there is no action, or an action does not hold."""
    from core.cli.action_views import show  # the rooms behind it, which no other command needs

    return show(arguments)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def amount(text: str) -> Decimal:
    """A budget as it was written.

    Raises
    ------
    UserError
        for what is no amount from zero on.
    """
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or found < 0:
        raise UserError(T("“{text}” is no budget.", text=verbatim(text[:40])), T("Write an amount, e.g. 2000000."))
    return found
