"""Files around a report: the key that signs it, and names that are free."""

from __future__ import annotations

from pathlib import Path


def only_signer(folder: Path) -> Path | None:
    """The key file beside the plant, if there is exactly one that is not the authority's."""
    found = [p for p in sorted(folder.glob("*.p12")) if not p.with_suffix(".group").exists()]
    return found[0] if len(found) == 1 else None


def free_name(plant: Path, year: int, revision: int) -> Path:
    """Where the next signed report goes: beside the plant, never over another file."""
    return _free(plant.with_name(f"{plant.stem}-{year}-r{revision}.pdf"))


def written(plant: Path, year: int, revision: int) -> Path | None:
    """The report that was signed last, where it still stands beside the plant."""
    found = plant.with_name(f"{plant.stem}-{year}-r{revision}.pdf")
    return found if found.is_file() else None


def free_beside(report: Path) -> Path:
    """A name for the report with both signatures, beside the one with one, that is free."""
    return _free(report.with_name(f"{report.stem}-signed.pdf"))


def _free(wanted: Path) -> Path:
    found, number = wanted, 2
    while found.exists():
        found = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        number += 1
    return found
