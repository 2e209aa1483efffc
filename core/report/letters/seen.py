"""What stood on the screen, as plain values: words, figures, tables with all their rows, plots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Words:
    """A line or a paragraph."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A card with a number: what it is, and what stands below."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it was filtered, sorted and arranged."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    widths: tuple[float, ...]
    """Of the columns on the screen, in any unit."""
    right: frozenset[int] = frozenset()
    """Columns of numbers."""
    note: str = ""
    """What was filtered, and how many rows it has in all."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A plot as a picture."""

    name: str
    png: bytes
    width: float
    height: float
    """On the screen, in any unit."""


Part: TypeAlias = "Words | Figure | Grid | Shot"


@dataclass(frozen=True, slots=True)
class Seen:
    """A page of the window."""

    title: str
    about: str
    """Year and moment, in words."""
    plant: str
    author: str
    parts: tuple[Part, ...]

    @property
    def widest(self) -> int:
        """Columns of its widest table."""
        return max((len(part.heads) for part in self.parts if isinstance(part, Grid)), default=0)
