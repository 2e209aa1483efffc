"""Ways beside filed reports: kept when a report is filed, and worked out of reports that were filed before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.checks import review
from core.errors import UserError
from core.group.inbox.kept import package_of
from core.group.ways.making import way_of
from core.group.ways.way import LARGEST, WAY, Electricity, Way, read, write
from core.store import Filed, GroupFile


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of some reports."""

    ways: tuple[tuple[Filed, Way], ...]
    """In the order of the reports."""
    made: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What was worked out now, by SHA-256 of the report, to be kept."""
    waiting: tuple[Filed, ...] = ()
    """Reports that were filed before and whose turn has not come."""


def gathered(group: GroupFile, reports: Iterable[Filed], most: int | None = None) -> Gathered:
    """The ways of some reports.

    Parameters
    ----------
    group
        open, also without the right to write.
    reports
        accepted ones, in any order.
    most
        how many are worked out from their originals at most; None: all. A second a report.

    Notes
    -----
    What is kept is looked at only up to a size, before it is taken apart. Of a report whose original does not give its
    data any more there is a way that says so; it is not kept.
    """
    made: dict[str, bytes] = {}
    ways, waiting = [], []
    for filed in reports:
        way = _kept(group, filed)
        if way is None and most is not None and len(made) >= most:
            waiting.append(filed)
            continue
        if way is None:
            try:
                way = anew(group, filed)
                made[filed.sha256] = write(way)
            except UserError as error:
                way = Way(filed.year, False, Electricity(), {}, troubles=(error.message,))
        ways.append((filed, way))
    return Gathered(tuple(ways), made, tuple(waiting))


def anew(group: GroupFile, filed: Filed) -> Way:
    """The way of a filed report, from its original.

    Raises
    ------
    UserError
        when the original is missing, was altered, or does not give its data.
    """
    package = package_of(group, filed)
    inventory = package.inventory()
    return way_of(package.ledger, inventory, package.library, review(inventory))


def keep(group: GroupFile, found: Gathered) -> None:
    """Keep what was worked out, where the file may be written.

    Raises
    ------
    UserError
        when the file cannot be written.
    """
    if group.writable:
        for sha256, data in found.made.items():
            group.keep_part(sha256, WAY, data)


def _kept(group: GroupFile, filed: Filed) -> Way | None:
    data = group.part_front(filed.sha256, WAY, LARGEST + 1)
    return None if data is None else read(data)
