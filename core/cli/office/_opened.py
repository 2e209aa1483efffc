"""What the commands of head office share: the group file, and who changes it."""

from __future__ import annotations

from pathlib import Path

from core.errors import UserError
from core.i18n import T
from core.store import GroupFile


def opened(path: Path) -> GroupFile:
    """A group file that exists.

    Raises
    ------
    UserError
        when there is none: only ``office import`` and ``office group`` make one.
    """
    if not path.is_file():
        raise UserError(T("“{file}” does not exist.", file=str(path)), T("Name the group file of head office."))
    return GroupFile.open(path)
