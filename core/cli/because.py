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


def add_changing(parser: argparse.ArgumentParser, lang: str, *, dry_run: bool = False) -> None:
    """What every command that changes data asks: who, because of which finding, and whether only to try."""
    if dry_run:
        parser.add_argument("--dry-run", action="store_true", help=T("Check only, change nothing.").in_language(lang))
    parser.add_argument("--person")
    add_because(parser, lang)


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
