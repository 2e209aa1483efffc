"""``targets``: where the plant is to go and whether it is on the way; records of targets, base year, credits."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import Commands, command
from core.cli.entering import PLANT, add_act, add_record_commands
from core.i18n import T

RECORDS = {
    "target": "target",
    "base-policy": "base_policy",
    "recalculation": "recalculation",
    "earlier-year": "earlier_year",
    "driver": "driver",
    "scenario": "scenario",
    "credit": "credit",
    "commitment": "commitment",
    "rule": "rule_value",
}
"""Kind of record by the name of its command."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command with everything below it."""
    said = T("Targets: status, forecast, credits; their records.").in_language(lang)
    below = commands.add_parser("targets", help=said, description=said).add_subparsers(metavar="COMMAND", required=True)
    status = command(below, "status", T("Whether the plant is on track. Exit code 1 when not."), run_status, lang)
    _looking(status, lang)
    forecast = command(below, "forecast", T("The years to come in a scenario, with P10, P50, P90."), run_forecast, lang)
    _looking(forecast, lang)
    forecast.add_argument(
        "--scenario", metavar="ID", default="", help=T("The first one when not given.").in_language(lang)
    )
    forecast.add_argument("--compare", action="store_true", help=T("Every scenario side by side.").in_language(lang))
    forecast.add_argument("--until", type=int, metavar="YEAR", help=T("Last year that is shown.").in_language(lang))
    forecast.add_argument(
        "--promised",
        action="store_true",
        help=T("Renewable electricity grows as targets promise; else its share stays.").in_language(lang),
    )
    said = T("The ledger of carbon credits: exports of registries.").in_language(lang)
    credits_ = below.add_parser("credits", help=said, description=said).add_subparsers(metavar="ACT", required=True)
    taken = add_act(
        credits_, "import", T("Take up an export of a registry, or the own table."), run_credits, lang, PLANT
    )
    taken.add_argument("export", type=Path, metavar="EXPORT")
    add_record_commands(below, RECORDS, lang)


def _looking(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, help=T("The last one with data when not given.").in_language(lang))
    parser.add_argument("--json", action="store_true")


# What a command needs is loaded when it runs: numpy alone costs more than the others take.


def run_status(arguments: argparse.Namespace) -> int:
    """Each target against its pathway, base year, neutrality."""
    from core.cli.targets_status import show_status

    return show_status(arguments)


def run_forecast(arguments: argparse.Namespace) -> int:
    """The years to come."""
    from core.cli.targets_forecast import show_forecast

    return show_forecast(arguments)


def run_credits(arguments: argparse.Namespace) -> int:
    """Take up an export of a registry."""
    from core.cli.targets_credits import take_up

    return take_up(arguments)
