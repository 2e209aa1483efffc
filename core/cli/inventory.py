"""``inventory``: what follows from a plant's data."""

from __future__ import annotations

import argparse
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from core.checks import review
from core.cli.common import (
    GOOD,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    must_be_new,
    print_json,
    table,
    write,
)
from core.cli.views import PRINTERS, print_matrix, print_uncertainty, print_years
from core.errors import UserError
from core.i18n import T, Text, show_number
from core.inventory import Inventory, choices_of, compile_inventory, inventory_to_plain
from core.inventory.uncertainty import Uncertainty, uncertainty_of, uncertainty_to_plain
from core.inventory.uncertainty.draws import DRAWS, SEED
from core.inventory.views import gbt_view, ghgp_view, iso_view, matrix, years
from core.inventory.views.plain import gbt_to_plain, ghgp_to_plain, iso_to_plain, matrix_to_plain, years_to_plain
from core.ledger import Audit
from core.library import all_policies, load_library, policy_named
from core.methods import SCOPE_TITLES, Finding
from core.store import PlantFile

GBT = "gbt-32150-2025"
MOST = 1_000_000
"""Draws; more of them say nothing new and fill the memory."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    inventory = command(commands, "inventory", T("Show the inventory of a year."), run_inventory, lang)

    def say(text: Text) -> str:
        return text.in_language(lang)

    inventory.add_argument("file", type=Path, metavar="FILE")
    inventory.add_argument(
        "--year", type=int, required=True, action="append", help=say(T("Several times: years side by side."))
    )
    inventory.add_argument("--gwp", choices=("AR4", "AR5", "AR6"))
    inventory.add_argument("--policy", choices=[p.key for p in all_policies()])
    inventory.add_argument("--view", choices=tuple(PRINTERS), help=say(T("As one of the standards asks for it.")))
    inventory.add_argument("--matrix", action="store_true", help=say(T("By source and month, with holes.")))
    inventory.add_argument("--xlsx", type=Path, metavar="OUT.xlsx", help=say(T("Write the GB/T workbook.")))
    inventory.add_argument("--lang", choices=("zh", "en", "both"), default="zh", help=say(T("Of the workbook.")))
    inventory.add_argument("--uncertainty", action="store_true", help=say(T("How sure the totals are.")))
    inventory.add_argument("--proposals", action="store_true", help=say(T("Let in uncertainties nobody published.")))
    inventory.add_argument("--draws", type=_draws, default=DRAWS, help=say(T("Of the Monte Carlo; 0: none.")))
    inventory.add_argument("--seed", type=_whole, default=SEED, help=say(T("Of the Monte Carlo.")))
    inventory.add_argument("--json", action="store_true")


def _whole(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(text)
    return value


def _draws(text: str) -> int:
    return min(_whole(text), MOST)


def run_inventory(arguments: argparse.Namespace) -> int:
    """Calculate and show."""
    must_be_new(arguments.xlsx)
    chosen = sorted(set(arguments.year))
    with PlantFile.open(arguments.file, read_only=True) as plant:
        for problem in plant.health.problems():
            write(problem.in_language(arguments.lang_ui))
        if len(chosen) > 1:
            return _show_years(plant, chosen, arguments)
        audit = plant.ledger.audit(chosen[0])
        inventory = _compiled(plant, chosen[0], arguments)
    if arguments.xlsx is not None:
        _write_workbook(inventory, audit, arguments)
    elif arguments.json:
        print_json(_to_plain(inventory, arguments))
    else:
        _print(inventory, arguments)
    return GOOD


def _compiled(plant: PlantFile, year: int, arguments: argparse.Namespace) -> Inventory:
    """Under the recorded choices, or those of the command line."""
    if not arguments.gwp and not arguments.policy:
        return inventory_of_plant(plant, year, library_of_plant(plant))
    choices = choices_of(plant.ledger.audit(year), year)
    choices = replace(choices, gwp_set=arguments.gwp or choices.gwp_set, policy=arguments.policy or choices.policy)
    return compile_inventory(plant.ledger, choices, library_of_plant(plant))


def _show_years(plant: PlantFile, chosen: list[int], arguments: argparse.Namespace) -> int:
    """Each year with the choices recorded for it.

    Raises
    ------
    UserError
        when something is asked for that only one year can answer.
    """
    if (
        arguments.view
        or arguments.matrix
        or arguments.xlsx
        or arguments.uncertainty
        or arguments.gwp
        or arguments.policy
    ):
        raise UserError(
            T("Several years are shown side by side, each with its own recorded choices."),
            T("Name one year to see a view, the months, the uncertainty or other choices."),
        )
    library = library_of_plant(plant)
    found = years(plant.ledger, library, chosen, lambda year: inventory_of_plant(plant, year, library))
    if arguments.json:
        print_json(years_to_plain(found))
    else:
        print_years(found, arguments.lang_ui)
    return GOOD


def _write_workbook(inventory: Inventory, audit: Audit | None, arguments: argparse.Namespace) -> None:
    from core.exchange.gbt_workbook import write_gbt_workbook

    lang = arguments.lang_ui
    write_gbt_workbook(arguments.xlsx, inventory, audit, arguments.lang)
    write(T("Written {file}.", file=str(arguments.xlsx)).in_language(lang))
    policy = policy_named(inventory.choices.policy)
    if policy.view != "gbt":
        said = T("Its factors were chosen by the policy {policy}; --policy {gbt} chooses those of the standard.",
                 policy=policy.name, gbt=GBT)  # fmt: skip
        write(said.in_language(lang))


def _to_plain(inventory: Inventory, arguments: argparse.Namespace) -> dict[str, object]:
    """The inventory or one view of it, with the uncertainty when it was asked for."""
    lang = arguments.lang_ui
    if arguments.matrix:
        found = _header(inventory) | matrix_to_plain(matrix(inventory))
    elif arguments.view == "ghgp":
        found = _header(inventory) | ghgp_to_plain(ghgp_view(inventory), lang)
    elif arguments.view == "iso":
        found = _header(inventory) | iso_to_plain(iso_view(inventory), lang)
    elif arguments.view == "gbt":
        found = _header(inventory) | gbt_to_plain(gbt_view(inventory), lang)
    else:
        found = inventory_to_plain(inventory, review(inventory), lang)
    if arguments.uncertainty:
        found["uncertainty"] = uncertainty_to_plain(_uncertainty(inventory, arguments), lang)
    return found


def _header(inventory: Inventory) -> dict[str, object]:
    choices = inventory.choices
    return {
        "plant": inventory.plant.name,
        "period": {"start": choices.period.start.isoformat(), "end": choices.period.end.isoformat()},
        "gwp_set": choices.gwp_set,
        "policy": choices.policy,
    }


def _uncertainty(inventory: Inventory, arguments: argparse.Namespace) -> Uncertainty:
    return uncertainty_of(inventory, proposals=arguments.proposals, draws=arguments.draws, seed=arguments.seed)


def _print(inventory: Inventory, arguments: argparse.Namespace) -> None:
    lang = arguments.lang_ui
    asked = arguments.view or arguments.matrix or arguments.uncertainty
    if not asked:
        print_inventory(inventory, review(inventory), lang)
        return
    _print_title(inventory, lang)
    if arguments.view:
        PRINTERS[arguments.view](inventory, lang)
    if arguments.matrix:
        print_matrix(matrix(inventory), inventory, lang)
    if arguments.uncertainty:
        print_uncertainty(_uncertainty(inventory, arguments), lang)


def _print_title(inventory: Inventory, lang: str) -> None:
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


def print_inventory(inventory: Inventory, findings: tuple[Finding, ...], lang: str) -> None:
    """The inventory as a table for people."""
    _print_title(inventory, lang)
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
