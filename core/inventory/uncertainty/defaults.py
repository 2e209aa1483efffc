"""How far an input may be off when its record or its factor does not say: published classes, and marked proposals."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from core.i18n import Name, T, Text
from core.inventory.uncertainty.combine import geometric_deviation, half_of_deviation
from core.inventory.uncertainty.model import Spread
from core.library import SHIPPED

INDICATORS = ("reliability", "completeness", "time", "geography", "technology", "sample_size")
"""Of the pedigree matrix, in its order."""


@dataclass(frozen=True, slots=True)
class Default:
    """One row of ``resources/uncertainty.csv``."""

    key: str
    value: Decimal
    unit: str
    """``%``: half of the 95 % interval; ``GSD2``: squared geometric standard deviation."""
    name: Name
    publisher: str
    document: str
    place: str
    status: str

    @property
    def proposal(self) -> bool:
        """Nobody published it, or nobody verified what was published."""
        return self.status not in SHIPPED

    @property
    def basis(self) -> Text:
        """The class with its source."""
        source = ", ".join(filter(None, (self.publisher, self.document, self.place)))
        if self.proposal:
            return T("Proposal, not verified: {name} ({source})", name=self.name, source=source)
        return T("Default of its class: {name} ({source})", name=self.name, source=source)


@cache
def classes() -> dict[str, Default]:
    """Every row by its key."""
    text = (files("resources") / "uncertainty.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {
        row["key"]: Default(
            row["key"],
            Decimal(row["value"]),
            row["unit"],
            Name(row["name_en"], row["name_zh"]),
            row["publisher"],
            row["document"],
            row["place"],
            row["status"],
        )
        for row in rows
    }


def pedigree(scores: Sequence[int], basic: Decimal) -> Decimal:
    """Squared geometric standard deviation from scores of a pedigree matrix.

    Parameters
    ----------
    scores
        reliability, completeness, temporal, geographical and further technological correlation, sample size: each from
        1 (best) to 5 (worst). [1]
    basic
        basic uncertainty of the kind of quantity. [1]

    Returns
    -------
    Decimal
        95 % of the values lie between the median divided by it and the median times it. [1]

    Raises
    ------
    ValueError
        unless there are six scores from 1 to 5.

    Notes
    -----
    GSD² = exp(sqrt(Σ ln(U_i)² + ln(U_b)²)). Frischknecht and Jungbluth (2007), ecoinvent report no. 1, ch. 7, with the
    factors of version 1 of the matrix.

    Examples
    --------
    >>> round(pedigree((2, 3, 2, 3, 4, 1), Decimal("1.05")), 4)
    Decimal('1.5154')
    """
    if len(scores) != len(INDICATORS) or not all(1 <= score <= 5 for score in scores):
        raise ValueError("a pedigree has six scores from 1 to 5")
    rows = (classes()[f"pedigree.{name}.{score}"] for name, score in zip(INDICATORS, scores, strict=True))
    return geometric_deviation([*(row.value for row in rows), basic])


def default(key: str, *, proposals: bool) -> Spread | None:
    """The class of this key; None when it is a proposal and none are wanted."""
    row = classes()[key]
    if row.proposal and not proposals:
        return None
    half = row.value if row.unit == "%" else half_of_deviation(row.value)
    return Spread(half, row.unit == "GSD2", "proposal" if row.proposal else "default", row.basis)


def by_pedigree(key: str, scores: dict[str, int]) -> Spread:
    """A class with a basic uncertainty, widened by the scores of what is at hand; other indicators count as best."""
    row = classes()[key]
    gsd2 = pedigree([scores.get(name, 1) for name in INDICATORS], row.value)
    shown = ", ".join(str(scores.get(name, 1)) for name in INDICATORS)
    basis = T("{default}, widened by the pedigree matrix with the scores {scores}", default=row.basis, scores=shown)
    return Spread(half_of_deviation(gsd2), True, "default", basis)
