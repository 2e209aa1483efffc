"""The file behind ``disclosure``: a plant or a group, whose records are entered alike."""

from __future__ import annotations

import argparse

from core.cli.entering import Act, Kept
from core.cli.holding import append, holding, records_in, records_of
from core.entering.plant import FORMS
from core.inventory.judging import Decision


def _change(arguments: argparse.Namespace, act: Act) -> Decision:
    with holding(arguments.file) as file:
        decision = act(records_of(file))
        if decision.steps:
            append(file, arguments, decision.why, decision.steps)
    return decision


EITHER = Kept(FORMS, "FILE", records_in, _change, because=True)
"""A plant file or a group file."""
