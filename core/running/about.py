"""What this program is: its version, what it is made of, what it knows, and where its things lie."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from core import VERSION
from core.running.places import Places

TITLE = "Plant Carbon Audit"
_QT = "PySide6-Essentials"


@dataclass(frozen=True, slots=True)
class About:
    """Plain values, for people and for programs."""

    version: str
    python: str
    qt: str
    """Empty where nobody can say."""
    sqlite: str
    system: str
    machine: str
    counts: Mapping[str, int]
    """How many there are of what is found by its place while the program runs; an installer may have lost some."""
    places: Places

    def plain(self) -> dict[str, object]:
        """As JSON says it."""
        portable = self.places.portable
        return {
            "title": TITLE,
            "version": self.version,
            "python": self.python,
            "qt": self.qt,
            "sqlite": self.sqlite,
            "system": self.system,
            "machine": self.machine,
            "counts": dict(self.counts),
            "portable": None if portable is None else str(portable),
            "places": {name: str(path) for name, path in self.places.named.items()},
        }


def about(where: Places, counts: Mapping[str, int], qt: str = "") -> About:
    """Ask the libraries what they are; ``qt`` where Qt itself has said it."""
    import sqlite3

    return About(
        version=VERSION,
        python=platform.python_version(),
        qt=qt or _installed(_QT),
        sqlite=sqlite3.sqlite_version,
        system=system(),
        machine=platform.machine(),
        counts=counts,
        places=where,
    )


def system() -> str:
    """Name and number of the operating system, and nothing that whoever made it added."""
    name = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, platform.system())
    release = platform.mac_ver()[0] if sys.platform == "darwin" else platform.release()
    number = ""
    for letter in release:
        if not (letter.isascii() and (letter.isdigit() or letter == ".")):
            break
        number += letter
    return f"{name} {number.strip('.')}".strip()


def _installed(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
