"""``audit status``: how far the audit of a year is, and what is next."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

from core.audit.moving import forward, standing
from core.audit.people import name_of
from core.audit.progress import Progress, progress_of
from core.audit.roles import titles
from core.audit.states import STATES, state_of
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
        ledger, engagement = plant.ledger, plant.ledger.engagement(year)
        if engagement is None:
            if arguments.json:
                print_json({"year": year, "engagement": None})
            else:
                write(T("Nobody audits {year} yet.", year=str(year)).in_language(lang))
            return NO
        inventory = inventory_of_plant(plant, year, library_of_plant(plant))
        counted = progress_of(ledger, inventory, year)
        title, move = state_of(engagement).title, forward(engagement.state)
        found = () if move is None else standing(ledger, inventory, review(inventory), year, move.to)
        wrong = false_declarations(ledger, year)
        altered = plant.health.problems()
    team = [name_of(ledger, key) for key in engagement.team]
    reviewer = name_of(ledger, engagement.reviewer) if engagement.reviewer else ""
    if arguments.json:
        plain = {name: f"{v:f}" if isinstance(v, Decimal) else v for name, v in asdict(counted).items()}
        print_json({
            "year": year,
            "state": engagement.state,
            "number": engagement.number,
            "title": title.in_language(lang),
            "team": team,
            "reviewer": reviewer,
            "next": None if move is None else {"to": move.to, "roles": sorted(move.roles)},
            "obstacles": [one.text.in_language(lang) for one in found],
            "declarations": [text.in_language(lang) for text in wrong],
            "altered": [text.in_language(lang) for text in altered],
            "progress": plain,
            "engagement": to_plain(engagement),
        })  # fmt: skip
    else:
        lines = [*_head(engagement, team, reviewer), *_counts(counted)]
        if move is not None:
            lines.append(T("Next: {move} ({roles})", move=move.title, roles=titles(move.roles)))
        write("\n".join(line.in_language(lang) for line in lines))
        for text in (*(one.text for one in found), *wrong, *altered):
            write(f"  – {text.in_language(lang)}")
    return GOOD


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
