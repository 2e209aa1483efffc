"""``audit status``: how far the audit of a year is, and what is next."""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from core.audit.moving import forward, standing
from core.audit.people import name_of
from core.audit.progress import Progress, progress_of
from core.audit.roles import titles
from core.audit.states import STATES, Move, state_of
from core.checks import review
from core.cli.common import GOOD, NO, Commands, command, inventory_of_plant, library_of_plant, print_json, write
from core.handover.declared import false_declarations
from core.i18n import T, Text, show_number
from core.ledger import Engagement, to_plain
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    parser = command(commands, "status", T("How far the audit of a year is, and what is next."), run_status, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--json", action="store_true")


def run_status(arguments: argparse.Namespace) -> int:
    """Exit code 1 when nobody audits the year."""
    year, lang = arguments.year, arguments.lang_ui
    with PlantFile.open(arguments.file, read_only=True) as plant:
        engagement = plant.ledger.engagement(year)
        if engagement is None:
            if arguments.json:
                print_json({"year": year, "engagement": None})
            else:
                write(T("Nobody audits {year} yet.", year=str(year)).in_language(lang))
            return NO
        found = _found(plant, engagement, year)
    if arguments.json:
        print_json({"year": year, **_to_plain(found, lang)})
    else:
        lines = [*_head(found.engagement, found.team, found.reviewer), *_counts(found.counted)]
        if found.move is not None:
            lines.append(T("Next: {move} ({roles})", move=found.move.title, roles=titles(found.move.roles)))
        write("\n".join(line.in_language(lang) for line in lines))
        for text in (*found.obstacles, *found.declarations, *found.altered):
            write(f"  – {text.in_language(lang)}")
    return GOOD


@dataclass(frozen=True, slots=True)
class _Status:
    """What is told of an audit."""

    engagement: Engagement
    team: list[str]
    """Names."""
    reviewer: str
    move: Move | None
    """What is next."""
    obstacles: tuple[Text, ...]
    """What stands in the way of it."""
    declarations: tuple[Text, ...]
    """Signed ones that are not what their person signed."""
    altered: tuple[Text, ...]
    """What is wrong with the file."""
    counted: Progress


def _found(plant: PlantFile, engagement: Engagement, year: int) -> _Status:
    ledger, move = plant.ledger, forward(engagement.state)
    inventory = inventory_of_plant(plant, year, library_of_plant(plant))
    against = () if move is None else standing(ledger, inventory, review(inventory), year, move.to)
    return _Status(
        engagement,
        [name_of(ledger, key) for key in engagement.team],
        name_of(ledger, engagement.reviewer) if engagement.reviewer else "",
        move,
        tuple(one.text for one in against),
        false_declarations(ledger, year),
        plant.health.problems(),
        progress_of(ledger, inventory, year),
    )


def _to_plain(found: _Status, lang: str) -> dict[str, object]:
    engagement, move = found.engagement, found.move
    counted = {name: f"{v:f}" if isinstance(v, Decimal) else v for name, v in asdict(found.counted).items()}
    return {
        "state": engagement.state,
        "number": engagement.number,
        "title": state_of(engagement).title.in_language(lang),
        "team": found.team,
        "reviewer": found.reviewer,
        "next": None if move is None else {"to": move.to, "roles": sorted(move.roles)},
        "obstacles": [text.in_language(lang) for text in found.obstacles],
        "declarations": [text.in_language(lang) for text in found.declarations],
        "altered": [text.in_language(lang) for text in found.altered],
        "progress": counted,
        "engagement": to_plain(engagement),
    }


def _head(engagement: Engagement, team: list[str], reviewer: str) -> list[Text]:
    lines = [
        T(
            "Audit {year}, number {number}: {state}.",
            year=engagement.id,
            number=engagement.number,
            state=STATES[engagement.state].title,
        ),
        T("Team: {names}", names=team or ["–"]),
        T("Independent reviewer: {name}", name=reviewer or "–"),
    ]
    return [*lines, T("Reason: {reason}", reason=engagement.reason)] if engagement.reason else lines


def _counts(counted: Progress) -> list[Text]:
    return [
        T(
            "Samples: {samples}, records in them: {records}, still to be tested: {untested}",
            samples=counted.samples,
            records=counted.records,
            untested=counted.untested,
        ),
        T("Test sheets: {tests}", tests=counted.tests),
        T("Findings: {findings}, open: {open}", findings=counted.findings, open=counted.open),
        T(
            "Misstatements left: {misstated} t CO₂e, material from {materiality} t CO₂e",
            misstated=show_number(counted.misstated, 3),
            materiality=show_number(counted.materiality, 3),
        ),
    ]
