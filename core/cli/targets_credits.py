"""``targets credits import``: carbon credits from the export of a registry, as one change that keeps the file."""

from __future__ import annotations

import argparse

from core.cli.because import confirm
from core.cli.common import GOOD, NO, now, person, print_json, write
from core.exchange.credits import read_credits, taking_up_credits
from core.i18n import T
from core.ledger import Change
from core.store import PlantFile


def take_up(arguments: argparse.Namespace) -> int:
    """Exit code 1 with each refused row when the file cannot be taken up; what is there already adds nothing."""
    lang = arguments.lang_ui
    with PlantFile.open(arguments.file) as plant:
        found = read_credits(arguments.export, plant.ledger)
        refused = [one.message.in_language(lang) for one in found.refused]
        passed = [one.message.in_language(lang) for one in found.passed]
        ids: list[str] = []
        if not refused and found.records:
            made = taking_up_credits(found, plant.ledger)
            change = Change(person(arguments), now(), made.why, made.steps)
            confirm(plant, change, arguments, blobs=made.data)
            ids = [step.id for step in made.steps if step.kind == "credit"]
    if arguments.json:
        print_json({
            "layout": found.layout.in_language(lang), "credits": ids, "known": len(found.known), "passed": passed,
            "refused": refused,
        })  # fmt: skip
        return NO if refused else GOOD
    for line in (*refused, *passed):
        write(line)
    if not refused:
        write(
            T("{layout}: {count} taken up, {known} rows were there already.", layout=found.layout, count=len(ids),
              known=len(found.known)).in_language(lang)
        )  # fmt: skip
    return NO if refused else GOOD
