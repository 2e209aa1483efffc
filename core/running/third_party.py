"""Software and fonts of others inside the program: version, licence, and the text of the licence."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

TABLE = "third_party.csv"
"""In ``resources``; written by ``make licences``."""
FOLDER = "licences"
"""In ``resources``: texts that no package brings; in an installed program, beside its modules: those of packages."""
_QT = ("licences/LGPL-3.0.txt", "licences/GPL-3.0.txt")
OWN = {
    "Qt": _QT,
    "pyside6-essentials": _QT,
    "shiboken6": _QT,
    "SQLCipher": ("licences/SQLCipher.txt",),
    "Noto Sans SC": ("fonts/OFL.txt",),
    "Source Sans 3": ("fonts/OFL-SourceSans3.txt",),
}
"""Texts in ``resources``, of what comes without; the GPL beside the LGPL that builds on it."""


@dataclass(frozen=True, slots=True)
class Component:
    """A package, a library inside one, or a font."""

    name: str
    version: str
    """Empty: that of the package it lies in."""
    licence: str
    """SPDX expression."""
    home: str
    """Where its source is."""
    note: str
    """Where it lies, for what is no package of its own."""


@cache
def third_party() -> tuple[Component, ...]:
    """Everything, packages first, in the order of their names."""
    text = (files("resources") / TABLE).read_text(encoding="utf-8")
    return tuple(Component(**row) for row in csv.DictReader(text.splitlines()))


def licence_texts(component: Component) -> tuple[tuple[str, str], ...]:
    """Name and text of each file in which a component tells its licence; none for what its package tells.

    Of packages as the installer or the package manager put them.
    """
    name = component.name
    own = OWN.get(name, ())
    if own:
        return tuple((path.rpartition("/")[2], (files("resources") / path).read_text(encoding="utf-8")) for path in own)
    return tuple(_installed(name)) or tuple(_of_package(name))


def _installed(name: str) -> Iterator[tuple[str, str]]:
    place = Path(str(files("resources"))).parent / FOLDER
    folders = place.iterdir() if place.is_dir() else ()
    for folder in sorted(one for one in folders if one.is_dir() and _same(one.name, name)):
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8", errors="replace")


def _of_package(name: str) -> Iterator[tuple[str, str]]:
    try:
        found = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return
    for path in sorted(found, key=str):
        inside = next((part for part in path.parts if part.endswith(".dist-info")), "")
        word = path.name.lower()
        if inside and ("licenses" in path.parts or word.startswith(("licen", "copying", "notice", "authors"))):
            shown = "/".join(part for part in path.parts if part not in (inside, "licenses"))
            yield shown, Path(str(path.locate())).read_text(encoding="utf-8", errors="replace")


def _same(one: str, other: str) -> bool:
    """Package names are written in several ways."""
    return one.lower().replace("_", "-").replace(".", "-") == other.lower().replace("_", "-").replace(".", "-")
