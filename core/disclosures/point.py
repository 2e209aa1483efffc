"""A data point: one thing that several questionnaires ask for under different numbers."""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import Name

KINDS = ("number", "percent", "text", "choice", "date", "table", "evidence")
"""What an answer is: ``percent`` is a number in per cent, ``evidence`` a statement that only counts with its proof."""
FOLDS = ("sum", "ratio", "coverage", "union", "own")
"""How a group comes to it from its plants: add numbers, divide the sums of two parts, count the plants that can prove
it, put the rows of all plants together, or head office says it itself."""
LEVELS = ("plant", "group", "both")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    key: str
    name: Name
    number: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A data point as the catalogue describes it."""

    key: str
    """``ghg.s1``; of a question of the checklist ``check.G1``."""
    name: Name
    unit: str
    """Empty where a unit makes no sense."""
    kind: str
    """One of :data:`KINDS`."""
    fold: str
    """One of :data:`FOLDS`."""
    columns: tuple[Column, ...] = ()
    """Of a table."""
    months: int = 0
    """How long a proof holds after the day of its answer, where it states no end itself. [months]"""
    choices: tuple[tuple[str, Name], ...] = ()
    """Of a choice: key and what it is called."""
    evidence: Name | None = None
    """What usually proves it."""
    who: Name | None = None
    """Who in a plant can usually supply it."""
