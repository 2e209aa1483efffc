"""``--because``: data are corrected because of a finding of the audit."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from core.blob import Content
from core.i18n import T
from core.ledger import Change, Entry
from core.store import PlantFile


def add_because(parser: argparse.ArgumentParser, lang: str) -> None:
    """The option, for commands that change data."""
    words = T("Number or id of the audit finding that the change corrects.").in_language(lang)
    parser.add_argument("--because", metavar="FINDING", help=words)


def confirm(plant: PlantFile, change: Change, arguments: argparse.Namespace, blobs: Iterable[Content] = ()) -> Entry:
    """Append a change, because of the finding that was named.

    Raises
    ------
    UserError
        when there is no such finding, it is not open any more, or the change is refused.
    """
    if named := getattr(arguments, "because", None):
        from core.audit.correcting import carrying, correctable

        change = carrying(change, correctable(plant.ledger, named).id)
    return plant.append(change, blobs)
