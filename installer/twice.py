"""Does the same source give the same program? Frozen twice, in folders of different names, and compared by bytes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from installer import sums
from installer.freezing import Frozen, freeze

LINK = "link to "


def differences(folder: Path) -> list[str]:
    """What is not the same in both; nothing is what we want."""
    shutil.rmtree(folder, ignore_errors=True)
    first, second = (freeze(folder / name / "dist", folder / name / "work") for name in ("one", "another-place"))
    return compared(contents(first), contents(second))


def contents(made: Frozen) -> Mapping[str, str]:
    """Every file and link by its place, with what is in it."""
    found = {}
    for path in sorted(made.folder.rglob("*")):
        name = path.relative_to(made.folder).as_posix()
        if path.is_symlink():
            found[name] = f"{LINK}{path.readlink().as_posix()}"
        elif path.is_file():
            found[name] = sums.digest(path)
    return found


def compared(first: Mapping[str, str], second: Mapping[str, str]) -> list[str]:
    """One line for each file that is missing in one or differs."""
    wrong = [f"only once: {name}" for name in sorted(first.keys() ^ second.keys())]
    return wrong + [f"differs: {name}" for name in sorted(first.keys() & second.keys()) if first[name] != second[name]]
