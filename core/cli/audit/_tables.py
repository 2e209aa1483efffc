"""What the commands that take up tables share."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from core.cli.because import confirm
from core.cli.common import GOOD, NO, now, person, print_json, write
from core.exchange.key_figures import TableChange
from core.exchange.tables import Refused
from core.ledger import Change
from core.store import PlantFile


def refused(arguments: argparse.Namespace, cells: Sequence[Refused]) -> int:
    """Name each cell with its reason; nothing was changed."""
    lang = arguments.lang_ui
    if arguments.json:
        print_json({"imported": 0, "refused": [_plain(one, lang) for one in cells]})
    else:
        for one in cells:
            write(one.message.in_language(lang))
    return NO


def _plain(one: Refused, lang: str) -> dict[str, object]:
    column = None if one.column is None else one.column.in_language(lang)
    return {
        "row": one.row,
        "column": column,
        "reason": one.reason.in_language(lang),
        "remedy": one.remedy.in_language(lang),
    }


def taken_up(plant: PlantFile, change: TableChange, arguments: argparse.Namespace, rows: int) -> int:
    """Confirm an import and say so."""
    if change.steps:
        made = Change(person(arguments), now(), change.why, change.steps)
        confirm(plant, made, arguments, change.data)
    if arguments.json:
        print_json({"imported": rows, "refused": []})
    else:
        write(change.why.in_language(arguments.lang_ui))
    return GOOD
