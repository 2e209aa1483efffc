"""What the page of the group asks: the reports and their lines as they are now, worked out on another thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from core.group.consolidated import Consolidated
from core.group.consolidating import consolidate
from core.group.judging import LINES
from core.group.packed import Packed, unpack
from core.ledger import Register
from core.store import ACCEPTED, Filed

if TYPE_CHECKING:
    from gui.office import Office

Kept = Mapping[str, bytes]
"""Packed lines by SHA-256 of the report."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to see."""

    year: int
    approach: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything of the group file that an answer needs, as values."""

    register: Register
    filed: tuple[Filed, ...]
    """Accepted, of all years."""
    lines: Kept = field(repr=False)

    def reports(self) -> Iterator[tuple[Filed, Packed | None]]:
        """Reports with their lines, unpacked one by one."""
        for one in self.filed:
            data = self.lines.get(one.sha256)
            yield one, None if data is None else unpack(data)

    @property
    def years(self) -> tuple[int, ...]:
        """That reports are there for."""
        return tuple(sorted({one.year for one in self.filed}))


@dataclass(frozen=True, slots=True)
class Answer:
    """A year of the group."""

    asked: Asked
    basis: Basis
    found: Consolidated


class Reading:
    """Reads the lines of reports once; what a file holds under its hash never changes."""

    def __init__(self, office: Office, name: str = LINES) -> None:
        self._office, self._name = office, name
        self._kept: dict[str, bytes] = {}

    def basis(self) -> Basis:
        """The group as it is now."""
        filed = tuple(one for one in self._office.filed if one.state == ACCEPTED)
        wanted = {one.sha256 for one in filed}
        self._kept = {key: data for key, data in self._kept.items() if key in wanted}
        for one in filed:
            if one.sha256 not in self._kept:
                data = self._office.file.part(one.sha256, self._name)
                if data is not None:
                    self._kept[one.sha256] = data
        return Basis(self._office.register, filed, dict(self._kept))


def work_of(asked: Asked, basis: Basis) -> Callable[[], Answer]:
    """What answers a question on another thread."""

    def work() -> Answer:
        found = consolidate(basis.register, basis.reports(), asked.year, approach=asked.approach)
        return Answer(asked, basis, found)

    return work


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """In percent; None where there is no whole. [%]"""
    return part * 100 / whole if whole else None
