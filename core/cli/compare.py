"""``compare``: two inventories of one plant, and what makes the difference."""

from __future__ import annotations

import argparse
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from core.cli.common import (
    GOOD,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    print_json,
    table,
    write,
)
from core.errors import UserError
from core.i18n import T, Text, show_number
from core.inventory import Inventory, choices_of, compile_inventory
from core.inventory.closing import pending
from core.inventory.side_by_side import Cell, PolicyComparison, Row, compare_policies, policies_to_plain
from core.inventory.waterfall import CAUSES, TITLES, Waterfall, difference, waterfall_to_plain
from core.library import Library, all_policies, policy_named
from core.methods import plain
from core.store import PlantFile

GWP_SETS = ("AR4", "AR5", "AR6")
COLUMNS = ("scope1", "scope2_location", "scope2_market", "scope3")
HEADINGS = (
    T("Scope 1"),
    T("Scope 2, location-based"),
    T("Scope 2, market-based"),
    T("Scope 3"),
    T("Total, location-based"),
)
MOST_SOURCES = 20


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""

    def say(text: Text) -> str:
        return text.in_language(lang)

    parser = command(
        commands, "compare", T("Say what makes the difference between two inventories."), run_compare, lang
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--years", nargs=2, type=int, metavar="YEAR", help=say(T("Two years; closed ones as closed.")))
    what.add_argument(
        "--policies", nargs="+", choices=[p.key for p in all_policies()], metavar="POLICY",
        help=say(T("Policies side by side, line by line: {known}.", known=[p.key for p in all_policies()])),
    )  # fmt: skip
    what.add_argument("--gwp", nargs=2, choices=GWP_SETS, metavar="SET", help=say(T("Two GWP sets: AR4, AR5, AR6.")))
    what.add_argument(
        "--closed", action="store_true", help=say(T("The closed year with what a restatement would make of it."))
    )
    parser.add_argument("--year", type=int, help=say(T("Needed for all but --years.")))
    parser.add_argument("--json", action="store_true")


def run_compare(arguments: argparse.Namespace) -> int:
    """Compare and show."""
    if (arguments.year is None) != (arguments.years is not None):
        raise UserError(T("Give either two years with --years, or one with --year."))
    with PlantFile.open(arguments.file, read_only=True) as plant:
        for problem in plant.health.problems():
            write(problem.in_language(arguments.lang_ui))
        library = library_of_plant(plant)
        if arguments.policies:
            _show_policies(plant, library, arguments)
        elif arguments.closed:
            show_pending(restatement(plant, arguments.year, library), arguments)
        elif arguments.years:
            first, second = (inventory_of_plant(plant, year, library) for year in arguments.years)
            _show((str(arguments.years[0]), first), (str(arguments.years[1]), second), arguments)
        else:
            first, second = (_under(plant, library, arguments.year, key) for key in arguments.gwp)
            _show((arguments.gwp[0], first), (arguments.gwp[1], second), arguments)
    return GOOD


def restatement(plant: PlantFile, year: int, library: Library) -> Waterfall | None:
    """What restating would change; None when nothing.

    Raises
    ------
    UserError
        when the year is open.
    """
    closing = plant.ledger.closing(year)
    if closing is None:
        raise UserError(T("{year} is not closed.", year=str(year)), T("Close it first."))
    return pending(plant.ledger, year, library, plant.blob(closing.sha256))


def _under(plant: PlantFile, library: Library, year: int, gwp: str) -> Inventory:
    choices = choices_of(plant.ledger.audit(year), year)
    return compile_inventory(plant.ledger, replace(choices, gwp_set=gwp), library)


def _show(before: tuple[str, Inventory], after: tuple[str, Inventory], arguments: argparse.Namespace) -> None:
    found = difference(before[1], after[1])
    if arguments.json:
        print_json({"before": before[0], "after": after[0], **waterfall_to_plain(found)})
    else:
        print_waterfall(before[0], after[0], found, arguments.lang_ui)


def show_pending(found: Waterfall | None, arguments: argparse.Namespace) -> None:
    """What a restatement would change, for people or programs."""
    if arguments.json:
        print_json({"differs": found is not None, "waterfall": None if found is None else waterfall_to_plain(found)})
        return
    if found is None:
        nothing = T("Nothing differs from {year} as it was closed.", year=str(arguments.year))
        write(nothing.in_language(arguments.lang_ui))
        return
    closed, now = (text.in_language(arguments.lang_ui) for text in (T("As closed"), T("As it would be now")))
    print_waterfall(closed, now, found, arguments.lang_ui)


def print_waterfall(before: str, after: str, found: Waterfall, lang: str) -> None:
    """Start, causes and end by scope, then the causes of each source."""

    def numbers(sums: list[Decimal], total: Decimal) -> tuple[str, ...]:
        return tuple(show_number(value, 3) for value in (*sums, total))

    causes = found.by_scope()
    total = found.causes()
    rows = [(before, *numbers([found.before[s] for s in COLUMNS], found.start()))]
    for cause in CAUSES:
        sums = [causes[scope][cause] for scope in COLUMNS]
        if any(sums):
            rows.append((TITLES[cause].in_language(lang), *numbers(sums, total[cause])))
    rows.append((after, *numbers([found.after[s] for s in COLUMNS], found.end())))
    write(table(("t CO₂e", *(h.in_language(lang) for h in HEADINGS)), rows, (1, 2, 3, 4, 5)))
    _print_sources(found, lang)


def _print_sources(found: Waterfall, lang: str) -> None:
    sources = found.by_source()
    if not sources:
        return
    used = [cause for cause in CAUSES if any(sums[cause] for sums in sources.values())]
    ranked = sorted(sources.items(), key=lambda pair: (-abs(sum(pair[1].values(), Decimal(0))), pair[0]))
    write("")
    body = [(source, *(show_number(sums[cause], 3) for cause in used)) for source, sums in ranked[:MOST_SOURCES]]
    headings = (T("Source"), *(TITLES[cause] for cause in used))
    write(table([h.in_language(lang) for h in headings], body, range(1, len(used) + 1)))
    if len(ranked) > MOST_SOURCES:
        write(T("… and {count} more sources.", count=len(ranked) - MOST_SOURCES).in_language(lang))


def _show_policies(plant: PlantFile, library: Library, arguments: argparse.Namespace) -> None:
    choices = choices_of(plant.ledger.audit(arguments.year), arguments.year)
    found = compare_policies(plant.ledger, choices, arguments.policies, library)
    if arguments.json:
        print_json(policies_to_plain(found, arguments.lang_ui))
    else:
        _print_policies(found, library, arguments.lang_ui)


def _print_policies(found: PolicyComparison, library: Library, lang: str) -> None:
    rows = [
        (policy_named(key).name.in_language(lang),
         *(show_number(one.totals.scopes[scope], 3) for scope in COLUMNS), show_number(one.totals.location, 3))
        for key, one in zip(found.policies, found.inventories, strict=True)
    ]  # fmt: skip
    write(table(("t CO₂e", *(h.in_language(lang) for h in HEADINGS)), rows, (1, 2, 3, 4, 5)))
    write("")
    count = T("Lines that differ: {count} of {all}", count=len(found.differing), all=len(found.rows))
    write(count.in_language(lang))
    if not found.differing:
        return
    names = [policy_named(key).name.in_language(lang) for key in found.policies]
    headings = [h.in_language(lang) for h in (T("Line"), T("Source"), T("Item"))]
    headings += [title for name in names for title in (name, "t CO₂e")]
    body = [_policy_row(row, library, lang) for row in found.differing]
    write(table(headings, body, range(4, len(headings), 2)))


def _policy_row(row: Row, library: Library, lang: str) -> tuple[str, ...]:
    item = row.record.item
    name = library.items[item].name.in_language(lang) if item in library.items else item
    cells = [text for cell in row.cells for text in _policy_cell(cell, lang)]
    return (row.line, row.record.source, name, *cells)


def _policy_cell(cell: Cell, lang: str) -> tuple[str, str]:
    if cell.factor is None or cell.tonnes is None:
        return (T("excluded") if cell.why else T("no line")).in_language(lang), "–"
    factor = cell.factor
    said = f"{plain(factor.value.quantize(Decimal('0.000001')))} {factor.unit}, {factor.publisher}, {factor.edition}"
    return said, show_number(cell.tonnes, 3)
