"""What earlier versions kept in another place comes to where it lies now, once.

Up to version 0.1 one ini file held everything, in a folder that Qt chose, and trust files lay beside it.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings

from core.running.places import Places, private_file, private_folder
from gui.settings import Settings

_FOLDER, _NAME = "Plant Carbon Audit", "plant-carbon-audit"
_TRUST = "trust"
_HEAD_OFFICE = "files/head_office"


def old_file() -> Path:
    """Where earlier versions kept the settings."""
    return Path(QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, _FOLDER, _NAME).fileName())


def move_in(where: Places, old: Path) -> bool:
    """Bring the old settings and trust files here, unless this version has settings already. Gives whether it did.

    What cannot be moved stays where it is, and nothing is lost: the old file goes when the new ones are written.
    """
    new = Settings(where=where)
    if where.portable is not None or not old.is_file() or any(path.exists() for path in new.files):
        return False
    before = QSettings(str(old), QSettings.Format.IniFormat)
    for key in before.allKeys():
        new.take_over(key, before.value(key))
    if (held := _trust(old.parent / _TRUST, where.trust, new.head_office)) is not None:
        new.head_office = held
    if not new.sync():
        return False
    with suppress(OSError):
        old.unlink()
        old.parent.rmdir()  # only when nothing else lies there
    return True


def _trust(old: Path, new: Path, chosen: Path | None) -> Path | None:
    """Move trust files; gives the new place of the one that was chosen, if it is among them."""
    if not old.is_dir() or not private_folder(new):
        return None
    found = None
    for path in sorted(old.iterdir()):
        there = new / path.name
        if not path.is_file() or there.exists():
            continue
        with suppress(OSError):
            shutil.copy2(path, there)
            private_file(there)
            path.unlink()
            found = there if chosen == path else found
    with suppress(OSError):
        old.rmdir()
    return found
