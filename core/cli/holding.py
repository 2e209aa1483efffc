"""A plant file or a group file, for commands that work on both."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.blob import Content
from core.cli.because import confirm
from core.cli.common import now, person
from core.errors import UserError
from core.i18n import T, Text
from core.ledger import Change, Step
from core.ledger.filing import Records
from core.store import GroupFile, PlantFile

GROUP = ".group"


@contextmanager
def holding(path: Path, *, read_only: bool = False) -> Iterator[PlantFile | GroupFile]:
    """The open file; which of the two it is says its ending.

    Raises
    ------
    UserError
        when it does not exist, or is of another kind.
    """
    if path.suffix.casefold() != GROUP:
        with PlantFile.open(path, read_only=read_only) as plant:
            yield plant
        return
    if not path.is_file():
        raise UserError(T("“{file}” does not exist.", file=str(path)), T("Name the group file of head office."))
    with GroupFile.open(path, read_only=read_only) as group:
        yield group


def records_of(file: PlantFile | GroupFile) -> Records:
    """What it holds."""
    return file.ledger if isinstance(file, PlantFile) else file.register


def records_in(path: Path) -> Records:
    """What a file holds."""
    with holding(path, read_only=True) as file:
        return records_of(file)


def append(
    file: PlantFile | GroupFile,
    arguments: argparse.Namespace,
    why: Text,
    steps: tuple[Step, ...],
    blobs: Iterable[Content] = (),
) -> None:
    """Make one change, in a plant because of a finding of the audit where one is named.

    Raises
    ------
    UserError
        when the change is refused, or names a finding where there is no audit.
    """
    change = Change(person(arguments), now(), why, steps)
    if isinstance(file, PlantFile):
        confirm(file, change, arguments, blobs)
        return
    if getattr(arguments, "because", None):
        raise UserError(T("A group has no findings of an audit."), T("Leave --because out."))
    file.append(change, blobs)
