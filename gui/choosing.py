"""Files that a person chooses: the dialog opens where files of that kind were chosen last, at first beside the plant.

Whoever fetches the same file each month finds it in the same folder, also after the program was started anew.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gui.settings import Settings

METERS, BILLS, TABLES, PROOFS, REPORTS = "meters", "bills", "tables", "proofs", "reports"
"""Kinds of files, each with a folder of its own."""


def asked_for_file(parent: QWidget, title: str, kinds: str, settings: Settings, what: str, plant: Path) -> Path | None:
    """One file, or none: the dialog was left."""
    name, _kind = QFileDialog.getOpenFileName(parent, title, _begin(settings, what, plant), kinds)
    return _kept(settings, what, [name])[0] if name else None


def asked_for_files(parent: QWidget, title: str, kinds: str, settings: Settings, what: str, plant: Path) -> list[Path]:
    """Several files; none: the dialog was left."""
    names, _kind = QFileDialog.getOpenFileNames(parent, title, _begin(settings, what, plant), kinds)
    return _kept(settings, what, names) if names else []


def asked_for_folder(parent: QWidget, title: str, settings: Settings, what: str, plant: Path) -> Path | None:
    """A folder of files of a kind; None: the dialog was left."""
    name = QFileDialog.getExistingDirectory(parent, title, _begin(settings, what, plant))
    if not name:
        return None
    settings.keep_folder(what, Path(name))
    return Path(name)


def _begin(settings: Settings, what: str, plant: Path) -> str:
    return str(settings.folder_of(what) or plant.absolute().parent)


def _kept(settings: Settings, what: str, names: list[str]) -> list[Path]:
    found = [Path(name) for name in names]
    settings.keep_folder(what, found[0].parent)
    return found
