"""Files around a report: the key that signs it, names that are free, and whether it is that of a group."""

from __future__ import annotations

import mmap
from pathlib import Path

from core.disk import free


def only_signer(folder: Path) -> Path | None:
    """The key file beside the plant, if there is exactly one that is not the authority's."""
    found = [p for p in sorted(folder.glob("*.p12")) if not p.with_suffix(".group").exists()]
    return found[0] if len(found) == 1 else None


def free_name(plant: Path, year: int, revision: int) -> Path:
    """Where the next signed report goes: beside the plant, never over another file."""
    return free(plant.with_name(f"{plant.stem}-{year}-r{revision}.pdf"))


def written(plant: Path, year: int, revision: int) -> Path | None:
    """The report that was signed last, where it still stands beside the plant."""
    found = plant.with_name(f"{plant.stem}-{year}-r{revision}.pdf")
    return found if found.is_file() else None


def free_beside(report: Path) -> Path:
    """A name for the report with both signatures, beside the one with one, that is free."""
    return free(report.with_name(f"{report.stem}-signed.pdf"))


def is_of_group(path: Path) -> bool:
    """Whether a file looks like the report of a group: so it is dropped where it belongs; judged it is elsewhere."""
    from core.signing import GROUP_PACKAGE_NAME, PACKAGE_NAME

    if path.suffix.lower() != ".pdf":
        return False
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return data.find(GROUP_PACKAGE_NAME.encode()) >= 0 and data.find(PACKAGE_NAME.encode()) < 0
    except (OSError, ValueError):  # unreadable or empty
        return False
