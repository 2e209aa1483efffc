"""How good the data are: scores of activity data and of factors, each with its reason.

The scale is the one of the pedigree matrix: **1 is best, 5 is worst**. Others run the other way (Bilan Carbone).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from core.i18n import T, Text
from core.inventory.collecting import without_collection
from core.inventory.compile import Inventory
from core.inventory.evidence import KEPT, NUMBER, proof_of, proven_ids
from core.inventory.totals import LOCATION, MARKET, ZERO
from core.ledger import Activity
from core.library import EXACT, OWN, Factor, Library, Units, policy_named
from core.library.library import regions_of
from core.library.places import area_name
from core.methods import MONEY, SCOPES, AppliedFactor, Line

BEST, WORST = 1, 5
SCALE = T("Pedigree matrix of Weidema and Wesnæs (1996), five indicators: 1 is best, 5 is worst.")
RULE = T("The worst indicator decides; means are weighted by tonnes without sign.")
YEARS = ((3, 1), (6, 2), (10, 3), (15, 4))
"""Less than so many years between data and use give this score; more give 5."""


class Score(NamedTuple):
    """One indicator of one line."""

    indicator: str
    """``reliability``, ``time``, ``geography`` or ``technology``."""
    value: int
    """1 (best) to 5 (worst)."""
    reason: Text


@dataclass(frozen=True, slots=True)
class LineQuality:
    """Scores of one line."""

    line: Line
    activity: tuple[Score, ...]
    factor: tuple[Score, ...]

    @property
    def activity_score(self) -> int:
        return worst(self.activity)

    @property
    def factor_score(self) -> int:
        return worst(self.factor)


@dataclass(frozen=True, slots=True)
class Mean:
    """Scores of some lines, weighted by tonnes."""

    activity: Decimal
    factor: Decimal
    tonnes: Decimal
    """By which they are weighted. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class Quality:
    """Scores of an inventory."""

    lines: tuple[LineQuality, ...]
    scopes: Mapping[str, Mean]
    """Each scope that has tonnes."""
    sources: Mapping[str, Mapping[str, Mean]]
    """By ``location`` and ``market``, then by source, most tonnes first."""
    totals: Mapping[str, Mean]
    """``location`` and ``market``, where they have tonnes."""


def worst(scores: Iterable[Score]) -> int:
    """The score that decides."""
    return max(score.value for score in scores)


def age_score(years: int) -> int:
    """Score of data that describe another year than the one they are used for.

    Parameters
    ----------
    years
        between the two, in either direction. [a]

    Returns
    -------
    int
        1 below three years, 2 below six, 3 below ten, 4 below fifteen, else 5. [1]

    Notes
    -----
    Temporal correlation of the pedigree matrix: Weidema and Wesnæs (1996), J. Cleaner Prod. 4, 167-174, table 1.

    Examples
    --------
    >>> [age_score(years) for years in (0, 2, -3, 9, 10, 15)]
    [1, 1, 2, 3, 4, 5]
    """
    return next((score for limit, score in YEARS if abs(years) < limit), WORST)


_MEASURED = {
    KEPT: Score("reliability", 1, T("Measured, and the proof is kept.")),
    NUMBER: Score("reliability", 2, T("Measured; the proof is named but not kept.")),
}
_UNPROVEN = Score("reliability", 3, T("Said to be measured, without any proof."))
_EXPLAINED = Score("reliability", 4, T("Estimated, with reason and method."))
_GUESSED = Score("reliability", 5, T("Estimated, without a word on how."))


def activity_scores(activity: Activity, proof: str) -> tuple[Score, ...]:
    """Scores of activity data.

    Parameters
    ----------
    activity
        the record.
    proof
        ``kept``, ``number`` or ``nothing``.

    Returns
    -------
    tuple of Score
        reliability. Time, place and technology are those of the plant itself.

    Notes
    -----
    Reliability of the pedigree matrix: verified measurements 1, others 2 and 3, qualified estimates 4, guesses 5.
    """
    if activity.estimated:
        return (_EXPLAINED if activity.note.strip() else _GUESSED,)
    return (_MEASURED.get(proof, _UNPROVEN),)


_RELIABILITY = {
    "VERIFIED": Score("reliability", 1, T("Read in the publication.")),
    "VERIFIED_SECONDARY": Score("reliability", 2, T("Read in a transcription that is named.")),
    "DERIVED": Score("reliability", 2, T("Calculated from published numbers.")),
    "USER": Score("reliability", 2, T("Stated by a supplier or laboratory of the plant.")),
}
_UNKNOWN = Score("reliability", 5, T("Nobody verified it."))
_TIMELESS = Score("time", 1, T("Does not depend on the year."))
_SPECIFIC = Score("technology", 1, T("Of the very supplier or material."))
_AVERAGE = Score("technology", 2, T("Published average of what was used."))
_SPEND = Score("technology", 4, T("Average of a whole branch of the economy, by what was spent."))


@dataclass
class _Judge:
    """Scores of factors within one inventory, each judged once for a year."""

    areas: tuple[str, ...]
    """Of the plant, smallest first."""
    library: Library
    seen: dict[tuple[int, int], tuple[Score, ...]] = field(default_factory=dict)

    def scores(self, line: Line) -> tuple[Score, ...]:
        year = line.portion.start.year
        place = (id(line.factor), year)
        if place not in self.seen:
            rows = rows_of(line.factor, self.library)
            spend = any(per_money(row, self.library.units) for row in rows)
            dated = not rows or any(row.data_year for row in rows)
            self.seen[place] = factor_scores(line.factor, self.areas, year if dated else 0, spend=spend)
        return self.seen[place]


def per_money(factor: Factor, units: Units) -> bool:
    """Whether a factor multiplies what was spent."""
    unit = units.find(factor.per)
    return unit is not None and unit.dimension in MONEY


def factor_scores(
    factor: AppliedFactor, areas: tuple[str, ...], year: int, *, spend: bool = False
) -> tuple[Score, ...]:
    """Scores of a factor.

    Parameters
    ----------
    factor
        as it was applied.
    areas
        of the plant, smallest first; the last two are the country and the world.
    year
        for which it is used; 0 when the number does not depend on a year. [a]
    spend
        it is per unit of money.

    Returns
    -------
    tuple of Score
        reliability, time, geography, technology.

    Notes
    -----
    Indicators of the pedigree matrix: Weidema and Wesnæs (1996), J. Cleaner Prod. 4, 167-174, table 1.
    """
    technology = _SPEND if spend else _SPECIFIC if factor.region == OWN else _AVERAGE
    return (_RELIABILITY.get(factor.status, _UNKNOWN), _time(factor.year, year), _place(factor, areas), technology)


def _time(described: int, used: int) -> Score:
    if not used:
        return _TIMELESS
    return Score(
        "time", age_score(used - described), T("Describes {year}, used for {used}.", year=described, used=used)
    )


def _place(factor: AppliedFactor, areas: tuple[str, ...]) -> Score:
    if factor.region == OWN:
        return Score("geography", 1, T("Of the plant itself."))
    name = area_name(factor.region)
    if factor.region == areas[0]:
        return Score("geography", 1, T("Of the smallest area of the plant: {area}.", area=name))
    if factor.region in areas:
        return Score("geography", 2, T("Average of a larger area that includes the plant: {area}.", area=name))
    return Score("geography", 4, T("Of another area, for want of a number of the plant's own: {area}.", area=name))


def rows_of(applied: AppliedFactor, library: Library) -> tuple[Factor, ...]:
    """The numbers of the library that went into a factor."""
    return tuple(row for row in map(library.factor, applied.parts) if row is not None)


@dataclass(slots=True)
class _Weighted:
    activity: Decimal = ZERO
    factor: Decimal = ZERO
    tonnes: Decimal = ZERO

    def add(self, activity: int, factor: int, tonnes: Decimal) -> None:
        self.activity = EXACT.add(self.activity, EXACT.multiply(tonnes, activity))
        self.factor = EXACT.add(self.factor, EXACT.multiply(tonnes, factor))
        self.tonnes = EXACT.add(self.tonnes, tonnes)


@without_collection()
def quality_of(inventory: Inventory) -> Quality:
    """Scores of every line, and their means by source, scope and total.

    Parameters
    ----------
    inventory
        lines, kept files and the library with which it was compiled.

    Returns
    -------
    Quality
        means are weighted by tonnes without sign; what has no tonnes has no mean.

    Notes
    -----
    score = Σ |t_i| max(indicators of i) / Σ |t_i|, on a scale of 1 (best) to 5 (worst).
    """
    lines = line_qualities(inventory)
    # Many lines share source and scores: weighing their sum is weighing each of them.
    alike: dict[tuple[str, str, int, int], Decimal] = {}
    for quality in lines:
        line = quality.line
        kind = (line.scope, line.activity.source, quality.activity_score, quality.factor_score)
        alike[kind] = EXACT.add(alike.get(kind, ZERO), abs(line.tco2e))
    scopes: dict[str, _Weighted] = {}
    sources: dict[str, dict[str, _Weighted]] = {"location": {}, "market": {}}
    totals: dict[str, _Weighted] = {}
    for (scope, source, activity, factor), tonnes in alike.items():
        scopes.setdefault(scope, _Weighted()).add(activity, factor, tonnes)
        for key, members in (("location", LOCATION), ("market", MARKET)):
            if scope in members:
                sources[key].setdefault(source, _Weighted()).add(activity, factor, tonnes)
                totals.setdefault(key, _Weighted()).add(activity, factor, tonnes)
    ordered = {scope: scopes[scope] for scope in SCOPES if scope in scopes}
    return Quality(lines, _means(ordered), {key: _ranked(own) for key, own in sources.items()}, _means(totals))


def line_qualities(inventory: Inventory) -> tuple[LineQuality, ...]:
    """The scores of every line, in the order of the inventory."""
    proven = proven_ids(inventory.evidence)
    areas = (*regions_of(inventory.plant), *policy_named(inventory.choices.policy).places)
    judge = _Judge(areas, inventory.library)
    return tuple(
        LineQuality(line, activity_scores(line.activity, proof_of(line.activity, proven)), judge.scores(line))
        for line in inventory.lines
    )


def _means(sums: Mapping[str, _Weighted]) -> dict[str, Mean]:
    return {
        key: Mean(EXACT.divide(w.activity, w.tonnes), EXACT.divide(w.factor, w.tonnes), w.tonnes)
        for key, w in sums.items()
        if w.tonnes
    }


def _ranked(sums: Mapping[str, _Weighted]) -> dict[str, Mean]:
    return dict(sorted(_means(sums).items(), key=lambda pair: (-pair[1].tonnes, pair[0])))
