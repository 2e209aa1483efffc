"""Which package each file of the frozen program comes from: of Python's index, of the system, or Python itself."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from installer.contents import Entry
from installer.project import BUILD, ROOT

PYTHON = "CPython"
PYPI, DEB, SELF, OTHER = "pypi", "deb", "self", "other"
"""Kinds of packages: of Python's index, of Debian and its kin, the interpreter, files of unknown origin."""


@dataclass(frozen=True, order=True)
class Owner:
    """A package of which something is inside."""

    kind: str
    name: str
    version: str = ""


def owners(collected: Iterable[Entry]) -> Mapping[Owner, list[Path]]:
    """Every package with the files of it that went into the program; our own files belong to nobody here."""
    found: dict[Owner, list[Path]] = defaultdict(list)
    for source in sorted({source for dest, source, kind in collected if not _is_made(dest, kind)}):
        path = Path(source)
        if path.is_absolute() and path.is_file() and not _is_ours(path):
            found[_owner(path)].append(path)
    return dict(sorted(found.items()))


def _is_made(dest: str, kind: str) -> bool:
    """Whether PyInstaller wrote it, out of modules that it names besides."""
    return kind in ("SYMLINK", "EXECUTABLE") or dest == "base_library.zip"


def _is_ours(path: Path) -> bool:
    inside = path.is_relative_to(ROOT) and not path.is_relative_to(Path(sys.prefix))
    return inside or path.is_relative_to(BUILD)


def _owner(path: Path) -> Owner:
    mine = _distributions().get(path.resolve())
    if mine is not None:
        return mine
    if _is_of_python(path):
        return Owner(SELF, PYTHON, ".".join(map(str, sys.version_info[:3])))
    return _of_system(path.resolve()) or Owner(OTHER, path.name)


def _is_of_python(path: Path) -> bool:
    base = Path(sys.base_prefix).resolve()
    places = [Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib")]
    if base != Path("/usr"):  # an interpreter of the system shares its folder with everything
        places.append(base)
    return any(path.resolve().is_relative_to(place) for place in places) or path.name.startswith("libpython")


@cache
def _distributions() -> Mapping[Path, Owner]:
    """Every installed file of Python's packages."""
    found = {}
    for one in metadata.distributions():
        owner = Owner(PYPI, one.metadata["Name"], one.version)
        found.update({Path(str(one.locate_file(path))).resolve(): owner for path in one.files or ()})
    return found


def _of_system(path: Path) -> Owner | None:
    """The package of the system that brought a library, where ``dpkg`` knows."""
    for name in {str(path), str(path).removeprefix("/usr"), f"/usr{path}"}:
        try:
            said = subprocess.run(["dpkg-query", "-S", name], check=False, capture_output=True, text=True)
        except FileNotFoundError:
            return None
        if said.returncode == 0:
            package = said.stdout.partition(": ")[0].split(",")[0]
            asked = ["dpkg-query", "-W", "-f", "${Package} ${Version}", package]
            answer = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
            return Owner(DEB, *answer.split())
    return None


def normal(name: str) -> str:
    """A name as Python's index writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()
