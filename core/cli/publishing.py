"""Signed reports on their way into their files, and those that were on it when the program ended."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.blob import Content
from core.cli.common import write
from core.i18n import T
from core.ledger import Change
from core.store import PlantFile
from core.store.publishing import finish, publish


def published(plant: PlantFile, pdf: bytes, out: Path, change: Change, blobs: Iterable[Content] = ()) -> None:
    """Confirm the change that tells of a signed report, and write it: both or neither.

    Raises
    ------
    UserError
        as :func:`core.store.publishing.publish`.
    """
    publish(plant.path, pdf, out, lambda beforehand: plant.append(change, blobs, beforehand=beforehand))


def finished_before(plant: PlantFile, out: Path, lang: str, *, say: bool = True) -> bool:
    """Give reports their names that were signed when the program ended; whether one of them is what is asked for now.

    Raises
    ------
    UserError
        when the disk refuses.
    """
    found = finish(plant, out)
    for path in found if say else ():
        said = T("Signed when the program ended, and written now: {file}", file=str(path))
        write(said.in_language(lang))
    return out in found
