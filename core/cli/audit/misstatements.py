"""``audit misstatements``: what is known and estimated to be wrong, against materiality."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path

from core.audit.finding import number_of
from core.audit.finding_closing import TREATMENTS
from core.audit.materiality import LOCATION_BASED, MARKET_BASED, TITLES
from core.audit.misstatements import Misstatement, Misstatements, Sum, misstatements, verdict
from core.audit.sampled import SampleResult, results_of, told
from core.cli.common import (
    GOOD,
    NO,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    print_json,
    table,
    write,
)
from core.i18n import T, show_number
from core.ledger import AuditFinding, Ledger
from core.methods import SCOPE_TITLES, plain
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("The misstatement ledger of a year against materiality.")
    parser = command(commands, "misstatements", words, run_misstatements, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--json", action="store_true")


def run_misstatements(arguments: argparse.Namespace) -> int:
    """Exit code 1 when what is left is material."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        inventory = inventory_of_plant(plant, arguments.year, library_of_plant(plant))
        ledger = plant.ledger
        found = misstatements(ledger, inventory, arguments.year)
        samples = results_of(ledger, inventory, arguments.year)
    if arguments.json:
        print_json(to_json(ledger, found, samples))
    else:
        _print(ledger, found, samples, arguments.lang_ui)
    return NO if found.material else GOOD


# ---------------------------------------------------------------------- json


def to_json(ledger: Ledger, found: Misstatements, samples: tuple[SampleResult, ...]) -> dict[str, object]:
    """Everything of the ledger; tonnes as strings, positive where too much was reported."""
    return {
        "material": found.material,
        "material_scopes": list(found.material_scopes),
        "governs": found.governs,
        "conservative_tco2e": plain(found.conservative),
        "totals": {LOCATION_BASED: _sum(found.location), MARKET_BASED: _sum(found.market)},
        "scopes": {scope: _sum(one) for scope, one in found.scopes.items()},
        "misstatements": [_row(ledger, row) for row in found.rows],
        "unquantified": list(found.unquantified),
        "samples": [_sample(one) for one in samples],
    }


def _sum(one: Sum) -> dict[str, object]:
    return {
        "overstated_tco2e": plain(one.overstated),
        "understated_tco2e": plain(one.understated),
        "net_tco2e": plain(one.net),
        "projected_tco2e": plain(one.projected),
        "materiality_tco2e": _maybe(one.materiality),
        "material": one.material,
    }


def _row(ledger: Ledger, row: Misstatement) -> dict[str, object]:
    return {
        "finding": row.finding,
        "number": _number(ledger, row),
        "scope": row.scope,
        "effect_tco2e": plain(row.effect),
        "projected_tco2e": plain(row.projected),
        "treatment": row.treatment,
        "conservative_tco2e": plain(row.conservative),
        "left_tco2e": plain(row.left),
    }


def _sample(one: SampleResult) -> dict[str, object]:
    return {
        "sample": one.sample.id,
        "method": one.sample.method,
        "drawn": one.drawn,
        "tested": one.tested,
        "differing": one.differing,
        "found_tco2e": {"overstated": plain(one.overstated), "understated": plain(one.understated)},
        "projected_tco2e": {"overstated": plain(one.projected_over), "understated": plain(one.projected_under)},
        "upper_limit_tco2e": _maybe(one.limit),
        "tolerable_tco2e": _maybe(one.tolerable),
    }


def _maybe(tonnes: Decimal | None) -> str | None:
    return None if tonnes is None else plain(tonnes)


def _number(ledger: Ledger, row: Misstatement) -> str:
    held = ledger.get("finding", row.finding)
    return number_of(ledger, held) if isinstance(held, AuditFinding) else row.finding


# ---------------------------------------------------------------------- words


def _print(ledger: Ledger, found: Misstatements, samples: tuple[SampleResult, ...], lang: str) -> None:
    if not found.rows and not found.unquantified:
        write(T("No misstatement was found.").in_language(lang))
    if found.rows:
        heads = [
            T("Finding"), T("Scope"), T("Effect (t CO₂e)"), T("Projected (t CO₂e)"), T("Treatment"), T("Left (t CO₂e)")
        ]  # fmt: skip
        rows = [_cells(ledger, row, lang) for row in found.rows]
        write(table([head.in_language(lang) for head in heads], rows, right=(2, 3, 5)))
    if found.unquantified:
        words = T("Misstatements of which nobody could say the tonnes: {count}.", count=len(found.unquantified))
        write(words.in_language(lang))
    _print_sums(found, lang)
    for one in samples:
        write(told(one).in_language(lang))
    write(verdict(found).in_language(lang))


def _cells(ledger: Ledger, row: Misstatement, lang: str) -> list[str]:
    scope = SCOPE_TITLES[row.scope].in_language(lang) if row.scope else "—"
    treatment = TREATMENTS[row.treatment].in_language(lang) if row.treatment else "—"
    effect, projected, left = (show_number(tonnes, 3) for tonnes in (row.effect, row.projected, row.left))
    return [_number(ledger, row), scope, effect, projected, treatment, left]


def _print_sums(found: Misstatements, lang: str) -> None:
    heads = [
        T("t CO₂e"), T("Overstated"), T("Understated"), T("Net"), T("Of which projected"), T("Materiality")
    ]  # fmt: skip
    rows = []
    sums = {TITLES[LOCATION_BASED]: found.location, TITLES[MARKET_BASED]: found.market}
    sums |= {SCOPE_TITLES[scope]: one for scope, one in found.scopes.items()}
    for title, one in sums.items():
        numbers = (one.overstated, one.understated, one.net, one.projected)
        limit = "—" if one.materiality is None else show_number(one.materiality, 3)
        rows.append([title.in_language(lang), *(show_number(number, 3) for number in numbers), limit])
    write(table([head.in_language(lang) for head in heads], rows, right=(1, 2, 3, 4, 5)))
