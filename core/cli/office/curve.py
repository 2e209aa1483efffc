"""``office curve``: the cheapest next tonnes over all plants, one curve for each currency."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, print_json, table, write
from core.cli.office._opened import opened
from core.cli.office._ways import chosen, of_group
from core.group.ways.tonnes import Bar, Supply, Tonnes, supplies_of, tonnes_of
from core.i18n import T, show_number

APPROACHES = ("operational_control", "financial_control", "equity_share")


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    summary = T("The cheapest next tonnes over all plants, by currency.")
    parser = command(commands, "curve", summary, run_curve, lang)
    parser.add_argument("group", type=Path, metavar="GROUP")
    parser.add_argument("--year", type=int, help=T("Of the reports; else the newest.").in_language(lang))
    parser.add_argument("--view", choices=("location", "market"), default="location",
                        help=T("View of scope 2.").in_language(lang))  # fmt: skip
    parser.add_argument("--approach", choices=APPROACHES, help=T("How companies are consolidated.").in_language(lang))
    parser.add_argument("--json", action="store_true")


def run_curve(arguments: argparse.Namespace) -> int:
    """Exit code 1 when no plant plans anything."""
    from core.group.ways.plain import tonnes_to_plain

    lang = arguments.lang_ui
    with opened(arguments.group) as group:
        found = of_group(group, chosen(group, arguments.year), arguments.approach)
    tonnes, supplies = tonnes_of(found, arguments.view), supplies_of(found)
    there = bool(tonnes.curves or tonnes.beside)
    if arguments.json:
        print_json({"year": found.year, **tonnes_to_plain(tonnes, supplies)})
    elif not there:
        write(T("No report of {year} names actions.", year=str(found.year)).in_language(lang))
    else:
        _print(tonnes, supplies, lang)
    return GOOD if there else NO


def _print(tonnes: Tonnes, supplies: tuple[Supply, ...], lang: str) -> None:
    for one in tonnes.curves:
        heads = (T("Plant"), T("Action"), T("Status"), T("t CO₂e/a"), T("{currency}/t", currency=one.currency),
                 T("NPV, {currency}", currency=one.currency))  # fmt: skip
        write(table([head.in_language(lang) for head in heads], [_row(bar, lang) for bar in one.bars], (3, 4, 5)))
        write("")
    if tonnes.beside:
        write(T("Without a known cost of a tonne: {names}.",
                names=[f"{one.plant.name}: {one.action.name}" for one in tonnes.beside]).in_language(lang))  # fmt: skip
    write(T("All actions of all plants save {tonnes} t CO₂e a year.", tonnes=show_number(tonnes.total, 1))
          .in_language(lang))  # fmt: skip
    if supplies:
        heads = (T("Plant"), T("Renewable electricity"), T("From"), T("MWh/a"), T("Cost of a MWh"), T("Currency"))
        rows = [
            (one.plant.name, one.offer.name, str(one.offer.first_year), show_number(one.quantity, 1),
             "–" if one.offer.cost is None else show_number(one.offer.cost, 2), one.offer.currency)
            for one in supplies
        ]  # fmt: skip
        write("\n" + table([head.in_language(lang) for head in heads], rows, (3, 4)))


def _row(bar: Bar, lang: str) -> tuple[str, ...]:
    from core.actions.timeline import STATUS_TITLES

    status = STATUS_TITLES[bar.action.status].in_language(lang) if bar.action.status in STATUS_TITLES else ""
    return (
        bar.plant.name, bar.action.name, status, show_number(bar.tonnes, 1),
        "–" if bar.cost is None else show_number(bar.cost, 2), "–" if bar.npv is None else show_number(bar.npv, 0),
    )  # fmt: skip
