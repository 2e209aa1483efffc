"""A plant with several reports of one year counts once: what belongs to the days of each report adds up, what stands
whatever the days are is told by the last of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.disclosures.point import Point
from core.disclosures.value import PointValue

STANDING = frozenset(
    {"site.headcount", "energy.pv_kw", "cert.site_pct", "min.response_pct", "check.M4", "check.M5", "check.P1"}
)
"""Numbers of a moment: two halves of a year tell the same one."""
OTHER_YEARS = ("base.", "ghg.prev_")
"""How data points of other years begin."""


@dataclass(frozen=True, slots=True)
class Period:
    """One report of a plant that has several of a year."""

    site: str
    """Of the plant: the same in each of them."""
    end: str
    """Its last day, as ISO date."""
    share: Decimal
    """Part of the plant that counts in the months of this report. [-]"""


@dataclass(frozen=True, slots=True)
class Said:
    """A data point as one report tells it."""

    key: str
    """Of the report among those of the group."""
    name: str
    value: PointValue
    plant: str
    """The same for all reports of a plant."""
    end: str = ""
    """Last day of its period, where the plant has several."""


def stands(point: Point) -> bool:
    """Whether a number belongs to no days of the report that tells it."""
    return point.key in STANDING or point.key.startswith(OTHER_YEARS)


def once(point: Point, said: Iterable[Said]) -> list[Said]:
    """What counts of the reports of each plant.

    Parameters
    ----------
    point
        the data point.
    said
        as all reports tell it.

    Returns
    -------
    list of Said
        in the order given; of a plant with one report that one.

    Notes
    -----
    What follows from records of the days of a report adds up with the other reports of the plant. What a person
    answered is said of the whole year, proofs and numbers of a moment hold for the plant: the last report that knows
    it tells it. Of lists each row is told once.
    """
    by_plant: dict[str, list[Said]] = {}
    for one in said:
        by_plant.setdefault(one.plant, []).append(one)
    counted = [one for own in by_plant.values() for one in (own if len(own) == 1 else _of_plant(point, own))]
    return sorted(counted, key=lambda one: one.key)


def _of_plant(point: Point, own: list[Said]) -> list[Said]:
    if point.fold == "union":
        return _rows_once(own)
    answered = [one for one in own if one.value.known and not one.value.derived]
    if point.fold == "coverage" or stands(point) or answered:
        known = answered or [one for one in own if one.value.known]
        return [max(known or own, key=lambda one: (one.end, one.key))]
    return own


def _rows_once(own: list[Said]) -> list[Said]:
    """The last report first, for it names the plant as it is."""
    seen: set[tuple[str, ...]] = set()
    told = []
    for one in sorted(own, key=lambda each: (each.end, each.key), reverse=True):
        value = one.value
        rows = tuple(row for row in value.rows if row not in seen)
        seen.update(rows)
        if value.value is not None:
            said = (str(value.value),)
            if said in seen:
                continue
            seen.add(said)
        told.append(replace(one, value=replace(value, rows=rows)))
    return told
