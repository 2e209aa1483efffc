"""What the page about ways asks, worked out on another thread with a view of the group file of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.group.ways.keeping import Gathered, gathered
from core.group.ways.standing import Standing, standing
from core.group.ways.tonnes import Supply, Tonnes, supplies_of, tonnes_of
from gui.group.asking import Asked, reading

AT_ONCE = 8
"""Reports that were filed before ways were kept are read so many at a time, and what is known is shown between."""
VIEWS = ("location", "market")


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the group stands, as far as its reports were read."""

    asked: Asked
    found: Standing
    tonnes: dict[str, Tonnes]
    """By view."""
    supplies: tuple[Supply, ...]
    gathered: Gathered
    """With what has to be kept, and what waits."""


def work_of(asked: Asked, path: Path, before: Gathered | None = None) -> Callable[[], Answer]:
    """What answers a question on another thread.

    Parameters
    ----------
    asked
        year and approach.
    path
        of the group file.
    before
        what was found just now: where it cannot be kept, it is not worked out again.
    """

    def work() -> Answer:
        with reading(path) as group:
            known = {} if before is None else {filed.sha256: way for filed, way in before.ways}
            reports = group.accepted(asked.year)
            new = gathered(group, (one for one in reports if one.sha256 not in known), AT_ONCE)
            ways = (*((one, known[one.sha256]) for one in reports if one.sha256 in known), *new.ways)
            found = standing(group.register, ways, asked.year, approach=asked.approach)
            return Answer(
                asked, found, {view: tonnes_of(found, view) for view in VIEWS}, supplies_of(found),
                Gathered(ways, new.made, new.waiting),
            )  # fmt: skip

    return work
