"""All targets, by name: whatever stands in ``targets``, one area a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from core.dropins import dropped_in
from tests.fuzz import targets
from tests.fuzz.target import Target

FOUND = Path(__file__).resolve().parent.parent / "data" / "fuzz"
"""What was found once, smallest form, a folder for each target; tried again by every run of the tests."""


@cache
def all_targets() -> dict[str, Target]:
    """Every target by its name."""
    found: dict[str, Target] = {}
    for module in dropped_in(targets).values():
        for one in module.TARGETS:
            assert one.name not in found, one.name
            found[one.name] = one
    return found


def finds(name: str) -> dict[str, bytes]:
    """What was found once for a target, by the name of its file."""
    folder = FOUND / name
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir())} if folder.is_dir() else {}
