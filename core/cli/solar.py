"""``solar``: what a PV system should yield, what it did, what it will, and what a published claim is worth."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.common import BAD_INPUT, Commands, command
from core.i18n import T

if TYPE_CHECKING:
    from types import ModuleType

CLAIMED = {
    "name": "", "text": "", "published": "DATE", "publisher": "", "country": "CN", "region": "CN-HE", "system": "ID",
    "power": "kW", "area": "m2", "yearly": "kWh/a", "total": "kWh", "since": "DATE", "until": "DATE",
    "yearly_tonnes": "t/a", "total_tonnes": "t", "years": "a", "gas": "CO2|CO2e", "attributes": "plant|other",
}  # fmt: skip
"""Fields of a claim, and what their value looks like."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command and its parts."""
    top = command(
        commands, "solar", T("PV systems: expected yield, performance, forecast, claims taken apart."), _none, lang
    )
    parts = top.add_subparsers(metavar="yield|performance|forecast|claim|add|array", required=True)
    for name, summary in (
        ("yield", T("What the model expects of each month of an average year.")),
        ("performance", T("What the meters counted beside what the model expects.")),
        ("forecast", T("Energy, tonnes and money of the years to come.")),
    ):
        part = command(parts, name, summary, _work(f"show_{name}"), lang)
        part.add_argument("file", type=Path, metavar="FILE")
        part.add_argument("--system", default="", metavar="ID", help=T("Only this PV system.").in_language(lang))
        part.add_argument("--year", type=int, help=T("The last one audited when not given.").in_language(lang))
        part.add_argument("--json", action="store_true")
    _add_claim(parts, lang)
    _add_describing(parts, lang)


def _add_claim(parts: Commands, lang: str) -> None:
    claim = command(parts, "claim", T("Take a published sentence about a PV system apart."), _work("show_claim"), lang)
    words = T("A plant: its kept claims, its factors, the model of its roof.").in_language(lang)
    claim.add_argument("file", type=Path, nargs="?", metavar="FILE", help=words)
    for field, looks in CLAIMED.items():
        claim.add_argument(f"--{field.replace('_', '-')}", dest=field, default="", metavar=looks or "TEXT")
    claim.add_argument("--demo", action="store_true", help=T("The published claims of the demo.").in_language(lang))
    claim.add_argument("--keep", action="store_true", help=T("Keep the claim in the plant file.").in_language(lang))
    claim.add_argument("--person")
    claim.add_argument("--json", action="store_true")


def _add_describing(parts: Commands, lang: str) -> None:
    add = command(parts, "add", T("Describe a PV system, or correct its description."), _work("add_system"), lang)
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--system", default="", metavar="ID", help=T("The one to correct.").in_language(lang))
    for name in ("name", "commissioned", "latitude", "longitude", "elevation", "source", "ac-limit", "irradiance",
                 "temperature", "roof-owner", "system-owner", "attributes-owner", "degradation", "first-year-loss",
                 "note"):  # fmt: skip
        add.add_argument(f"--{name}")
    for name in ("generation", "feed-in", "purchased"):
        add.add_argument(f"--{name}", action="append", metavar="METER")
    words = T("A loss, a cost or a price, once for each.").in_language(lang)
    add.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=words)
    words = T("Its weather file or monthly table.").in_language(lang)
    add.add_argument("--weather", type=Path, metavar="EPW|TMY3|PVGIS|CSV", help=words)
    add.add_argument("--person")
    array = command(parts, "array", T("Add modules that look the same way."), _work("add_array"), lang)
    array.add_argument("file", type=Path, metavar="FILE")
    for name in ("system", "name", "dc-power", "tilt", "azimuth"):
        array.add_argument(f"--{name}", required=True)
    for name in ("mounting", "area", "commissioned", "gamma", "inverter-efficiency", "inverter-power", "module",
                 "inverter"):  # fmt: skip
        array.add_argument(f"--{name}")
    array.add_argument("--person")


def _work(name: str) -> Callable[[argparse.Namespace], int]:
    """A function of the module that loads numpy, which no other command needs."""

    def run(arguments: argparse.Namespace) -> int:
        from core.cli import pv

        module: ModuleType = pv
        code: int = getattr(module, name)(arguments)
        return code

    return run


def _none(_arguments: argparse.Namespace) -> int:
    return BAD_INPUT  # argparse asks for a part first
