"""The licences of everything inside: their names for the bill of materials, their texts for the program's folder."""

from __future__ import annotations

import sysconfig
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path, PurePosixPath

from installer.contents import Entry
from installer.owners import DEB, PYPI, PYTHON, SELF, Owner, owners
from installer.project import ROOT

FOLDER = "licences"
QT = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
KNOWN = {
    PYTHON: "PSF-2.0",
    "PySide6_Essentials": QT,
    "click-default-group": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyrage": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "shiboken6": QT,
    "sqlcipher3": "Zlib",
    "sqlite-fts4": "Apache-2.0",
    "uharfbuzz": "Apache-2.0",
}
"""Of packages whose metadata say it in words that are no SPDX expression, or not at all."""
CLASSIFIED = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
PATTERNS = ("licen[cs]e*", "LICEN[CS]E*", "copying*", "COPYING*", "NOTICE*", "AUTHORS*")


def expression(owner: Owner) -> str:
    """The SPDX expression of a package; empty when nobody says it."""
    if owner.name in KNOWN:
        return KNOWN[owner.name]
    if owner.kind != PYPI:
        return ""
    said = metadata.metadata(owner.name)
    written, short = ((said.get_all(name) or [""])[0] for name in ("License-Expression", "License"))
    classified = [CLASSIFIED[each] for each in said.get_all("Classifier") or () if each in CLASSIFIED]
    return written or " OR ".join(classified) or (short if len(short) < 40 and "\n" not in short else "")


def texts(owner: Owner) -> Iterator[tuple[str, Path]]:
    """The files in which a package tells its licence, with a name for each; what none tells is in ``resources``."""
    if owner.kind == PYPI:
        one = metadata.distribution(owner.name)
        for path in sorted(one.files or ()):
            if _tells_licence(PurePosixPath(path)):
                parts = [part for part in path.parts if not part.endswith(".dist-info") and part != "licenses"]
                yield "-".join(parts), Path(str(one.locate_file(path)))
    elif owner.kind == DEB:
        yield "copyright", Path("/usr/share/doc") / owner.name / "copyright"
    elif owner.kind == SELF:
        places = (Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("data")))
        yield from [("LICENSE.txt", place / "LICENSE.txt") for place in places if (place / "LICENSE.txt").exists()][:1]


def _tells_licence(path: PurePosixPath) -> bool:
    if path.suffix in (".py", ".pyc"):
        return False
    return any(path.match(pattern) for pattern in PATTERNS) or ".dist-info/licenses/" in f"/{path}"


def collected(entries: Iterable[Entry]) -> list[Entry]:
    """Ours, and the texts of every package that something is taken of, with their place in the program."""
    found = [(f"{FOLDER}/{name}", str(ROOT / name), "DATA") for name in ("LICENSE", "NOTICE")]
    for owner in owners(entries):
        found += [(f"{FOLDER}/{owner.name}/{name}", str(path), "DATA") for name, path in texts(owner)]
    return sorted(found)
