"""``solar``: what a PV system should yield, what it did, what it will, and what a published claim is worth."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from core.cli.common import BAD_INPUT, Commands, command
from core.i18n import T

CLAIMED = {
    "name": "", "text": "", "published": "DATE", "publisher": "", "country": "CN", "region": "CN-HE", "system": "ID",
    "power": "kW", "area": "m2", "yearly": "kWh/a", "total": "kWh", "since": "DATE", "until": "DATE",
    "yearly_tonnes": "t/a", "total_tonnes": "t", "years": "a", "gas": "CO2|CO2e", "attributes": "plant|other",
}  # fmt: skip
"""Fields of a claim, and what their value looks like."""
DESCRIBED = {
    "name": "", "commissioned": "DATE", "latitude": "DEGREES", "longitude": "DEGREES", "elevation": "m", "source": "",
    "ac-limit": "kW", "irradiance": "METER", "temperature": "METER", "roof-owner": "plant|other",
    "system-owner": "plant|other", "attributes-owner": "plant|other", "degradation": "%/a", "first-year-loss": "%",
    "note": "",
}  # fmt: skip
"""Options of a PV system that are fields of its record, and what their value looks like."""
OWNERS = ("plant", "other", "")


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
        part = command(parts, name, summary, _work(name), lang)
        part.add_argument("file", type=Path, metavar="FILE")
        part.add_argument("--system", default="", metavar="ID", help=T("Only this PV system.").in_language(lang))
        part.add_argument("--year", type=int, help=T("The last one audited when not given.").in_language(lang))
        part.add_argument("--json", action="store_true")
    _add_claim(parts, lang)
    _add_system(parts, lang)
    _add_array(parts, lang)


def _add_claim(parts: Commands, lang: str) -> None:
    claim = command(parts, "claim", T("Take a published sentence about a PV system apart."), _work("claim"), lang)
    words = T("A plant: its kept claims, its factors, the model of its roof.").in_language(lang)
    claim.add_argument("file", type=Path, nargs="?", metavar="FILE", help=words)
    for field, looks in CLAIMED.items():
        claim.add_argument(f"--{field.replace('_', '-')}", dest=field, default="", metavar=looks or "TEXT")
    claim.add_argument("--demo", action="store_true", help=T("The published claims of the demo.").in_language(lang))
    claim.add_argument("--keep", action="store_true", help=T("Keep the claim in the plant file.").in_language(lang))
    claim.add_argument("--person")
    claim.add_argument("--json", action="store_true")


def _add_system(parts: Commands, lang: str) -> None:
    add = command(parts, "add", T("Describe a PV system, or correct its description."), _work("add"), lang)
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--system", default="", metavar="ID", help=T("The one to correct.").in_language(lang))
    for name, looks in DESCRIBED.items():
        choices = OWNERS if name.endswith("owner") else None
        add.add_argument(f"--{name}", metavar=looks or "TEXT", choices=choices)
    words = T("Id of the meter, or its serial number or name; once for each.").in_language(lang)
    for name in ("generation", "feed-in", "purchased"):
        add.add_argument(f"--{name}", action="append", metavar="METER", help=words)
    words = T("A loss, a cost or a price, once for each.").in_language(lang)
    add.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=words)
    words = T("Its weather file or monthly table.").in_language(lang)
    add.add_argument("--weather", type=Path, metavar="EPW|TMY3|PVGIS|CSV", help=words)
    add.add_argument("--person")
    add.add_argument("--json", action="store_true")


def _add_array(parts: Commands, lang: str) -> None:
    array = command(parts, "array", T("Add modules that look the same way."), _work("array"), lang)
    array.add_argument("file", type=Path, metavar="FILE")
    looks = {
        "system": "ID", "name": "TEXT", "dc-power": "kW", "tilt": "DEGREES", "azimuth": "DEGREES",
        "mounting": "open_rack|roof|insulated", "area": "m2", "commissioned": "DATE", "gamma": "%/K",
        "inverter-efficiency": "%", "inverter-power": "kW", "module": "TEXT", "inverter": "TEXT",
    }  # fmt: skip
    for name, shown in looks.items():
        needed = name in ("system", "name", "dc-power", "tilt", "azimuth")
        array.add_argument(f"--{name}", required=needed, metavar=shown)
    array.add_argument("--person")
    array.add_argument("--json", action="store_true")


def _work(name: str) -> Callable[[argparse.Namespace], int]:
    """What does it, from modules that no other command needs."""

    def run(arguments: argparse.Namespace) -> int:
        from core.cli import pv, pv_claims, pv_entering, pv_forecast

        work: dict[str, Callable[[argparse.Namespace], int]] = {
            "yield": pv.show_yield,
            "performance": pv.show_performance,
            "forecast": pv_forecast.show_forecast,
            "claim": pv_claims.show_claim,
            "add": pv_entering.add_system,
            "array": pv_entering.add_array,
        }
        return work[name](arguments)

    return run


def _none(_arguments: argparse.Namespace) -> int:
    return BAD_INPUT  # argparse asks for a part first
