"""Which plants emit most, and which do not look like the others of their business."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.group.year.consolidated import Consolidated
from core.group.year.intensity import Intensity
from core.library import EXACT

FEWEST = 5
"""Plants of a business below which nobody is called an outlier."""
LIMIT = Decimal("3.5")
"""Modified z-score above which a plant is one."""
SCALE = Decimal("0.6745")
"""Makes the median deviation of a normal distribution its standard deviation."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A plant in the order of tonnes."""

    place: int
    """From 1; equal tonnes share a place."""
    key: str
    name: str
    tonnes: Decimal
    share: Decimal | None
    """Of the whole; None where the whole is zero. [-]"""


@dataclass(frozen=True, slots=True)
class Outlier:
    """A plant far from the others of its business."""

    key: str
    name: str
    business: str
    value: Decimal
    median: Decimal
    score: Decimal
    """Modified z-score; negative: far below."""
    plants: int
    """How many of the business were compared."""


def ranking(found: Consolidated, view: str = "location") -> tuple[Ranked, ...]:
    """Plants that count, by tonnes, largest first."""
    tonnes = {member.key: Decimal(0) for member in found.members if member.counts} | found.by("plant", view)
    whole = found.total(view)
    ordered = sorted(tonnes.items(), key=lambda pair: (-pair[1], pair[0]))
    larger = {value: sum(other > value for other in tonnes.values()) for value in set(tonnes.values())}
    return tuple(
        Ranked(larger[own] + 1, key, found.title(key), own, EXACT.divide(own, whole) if whole else None)
        for key, own in ordered
    )


def outliers(found: Consolidated, intensity: Intensity) -> tuple[Outlier, ...]:
    """Plants whose tonnes per unit are far from those of the other plants of their business.

    Parameters
    ----------
    found
        a year of the group.
    intensity
        what is compared.

    Returns
    -------
    tuple of Outlier
        farthest first; businesses with fewer than five plants that say the figure are passed over, and so are plants
        whose business nobody entered.
    """
    businesses: dict[str, dict[str, Decimal]] = {}
    for plant in intensity.plants:
        business = found.member(plant.key).business
        if business and plant.per_unit is not None:
            businesses.setdefault(business, {})[plant.key] = plant.per_unit
    made = [
        Outlier(key, found.title(key), business, values[key], _median(values.values()), score, len(values))
        for business, values in businesses.items()
        if len(values) >= FEWEST
        for key, score in scores(values).items()
        if abs(score) > LIMIT
    ]
    return tuple(sorted(made, key=lambda one: (-abs(one.score), one.key)))


def scores(values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Modified z-score of each value.

    Parameters
    ----------
    values
        of comparable plants. [any unit]

    Returns
    -------
    dict of str to Decimal
        nothing when more than half of the values are equal and so nothing can be said of the rest. [-]

    Notes
    -----
    M = 0.6745 (x - median) / MAD, with MAD the median of |x - median|. Unlike mean and standard deviation, neither
    is moved by the outliers that are looked for. |M| > 3.5 is called an outlier.

    References
    ----------
    B. Iglewicz, D. Hoaglin: How to Detect and Handle Outliers, ASQC (1993); NIST/SEMATECH e-Handbook of Statistical
    Methods, section 1.3.5.17.

    Examples
    --------
    >>> found = scores({name: Decimal(n) for name, n in zip("abcde", (1, 2, 3, 4, 100))})
    >>> [str(score.quantize(Decimal("0.01"))) for score in found.values()]
    ['-1.35', '-0.67', '0.00', '0.67', '65.43']
    """
    middle = _median(values.values())
    away = {key: EXACT.subtract(value, middle) for key, value in values.items()}
    spread = _median(map(abs, away.values()))
    if not spread:
        return {}
    return {key: EXACT.divide(EXACT.multiply(SCALE, one), spread) for key, one in away.items()}


def _median(values: Iterable[Decimal]) -> Decimal:
    ordered = sorted(values)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return EXACT.divide(EXACT.add(low, high), Decimal(2))
