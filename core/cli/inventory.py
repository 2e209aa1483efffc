"""``inventory``: what follows from a plant's data."""

from __future__ import annotations

import argparse
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from core.checks import review
from core.cli.common import GOOD, Commands, command, library_of_plant, print_json, table, write
from core.i18n import T, show_number
from core.inventory import Inventory, choices_of, compile_inventory, inventory_to_plain
from core.library import all_policies, load_library, policy_named
from core.methods import Finding
from core.store import PlantFile

SCOPE_TITLES = {
    "scope1": T("Scope 1"),
    "scope2_location": T("Scope 2, location-based"),
    "scope2_market": T("Scope 2, market-based"),
    "scope3": T("Scope 3"),
    "exported": T("Energy sold to others (memo, in no total)"),
    "avoided": T("Avoided by solar (memo, in no total)"),
}


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    inventory = command(commands, "inventory", T("Show the inventory of a year."), run_inventory, lang)
    inventory.add_argument("file", type=Path, metavar="FILE")
    inventory.add_argument("--year", type=int, required=True)
    inventory.add_argument("--gwp", choices=("AR4", "AR5", "AR6"))
    inventory.add_argument("--policy", choices=[p.key for p in all_policies()])
    inventory.add_argument("--json", action="store_true")


def run_inventory(arguments: argparse.Namespace) -> int:
    """Calculate and show."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        for problem in plant.health.problems():
            write(problem.in_language(arguments.lang_ui))
        inventory, findings = calculate(plant, arguments)
    if arguments.json:
        print_json(inventory_to_plain(inventory, findings, arguments.lang_ui))
    else:
        print_inventory(inventory, findings, arguments.lang_ui)
    return GOOD


def calculate(plant: PlantFile, arguments: argparse.Namespace) -> tuple[Inventory, tuple[Finding, ...]]:
    """The inventory of a year under the recorded choices, or those of the command line."""
    choices = choices_of(plant.ledger.audit(arguments.year), arguments.year)
    choices = replace(choices, gwp_set=arguments.gwp or choices.gwp_set, policy=arguments.policy or choices.policy)
    inventory = compile_inventory(plant.ledger, choices, library_of_plant(plant))
    return inventory, review(inventory)


def print_inventory(inventory: Inventory, findings: tuple[Finding, ...], lang: str) -> None:
    """The inventory as a table for people."""
    period = inventory.choices.period
    title = T(
        "{plant}, {start} to {end}, {gwp}, {policy}",
        plant=inventory.plant.name,
        start=period.start,
        end=period.end,
        gwp=inventory.choices.gwp_set,
        policy=policy_named(inventory.choices.policy).title,
    )
    write(title.in_language(lang))
    write("")
    rows = [
        (SCOPE_TITLES[scope].in_language(lang), show_number(value, 3))
        for scope, value in inventory.totals.scopes.items()
    ]
    rows.append((T("Biogenic CO₂ (apart)").in_language(lang), show_number(inventory.totals.biogenic, 3)))
    write(table(("", "t CO₂e"), rows, (1,)))
    write("")
    sums: dict[tuple[str, str, str], Decimal] = {}
    for line in inventory.lines:
        key = (line.scope, line.activity.source, line.activity.item)
        sums[key] = sums.get(key, Decimal(0)) + line.tco2e
    library = load_library()
    body = []
    for (scope, source, item), tonnes in sorted(sums.items()):
        name = library.items[item].name.in_language(lang) if item in library.items else item
        body.append((SCOPE_TITLES[scope].in_language(lang), source, name, show_number(tonnes, 3)))
    headings = (T("Scope"), T("Source"), T("Item"))
    write(table((*(h.in_language(lang) for h in headings), "t CO₂e"), body, (3,)))
    for excluded in inventory.excluded:
        write("")
        write(T("Excluded: {why}", why=excluded.finding.message).in_language(lang))
    _print_findings(findings, lang)


SEVERITIES = {"error": T("Error"), "warning": T("Warning"), "info": T("Note")}


def _print_findings(findings: tuple[Finding, ...], lang: str) -> None:
    if findings:
        write("")
        write(T("Findings: {count}", count=len(findings)).in_language(lang))
    for finding in findings:
        said = T("{severity}: {message}", severity=SEVERITIES[finding.severity], message=finding.message)
        write(f"- {said.in_language(lang)}")
