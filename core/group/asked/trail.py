"""From a number of the group down to a bill: the plants with their parts, then the records of one plant's report with
their lines and proofs.

The parts are what was put together to the number, from what is kept; a report is only read again for the plant that
somebody looks into.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.disclosures.catalogue import all_points
from core.disclosures.folding import counted
from core.disclosures.once import stands
from core.disclosures.point import Point
from core.disclosures.value import Origin, PointValue
from core.entering.naming import name_of
from core.errors import UserError
from core.group.asked.gathering import GroupValues
from core.group.change.explaining import Proof, explain_records, proofs_of
from core.group.inbox.kept import package_of
from core.group.register.ownership import known_as
from core.i18n import Localised, T
from core.inventory import Package
from core.ledger.references import named
from core.methods import Line
from core.store import Filed, GroupFile

LINES = frozenset({"line", "activity"})
"""Kinds of origins whose records are activity data."""
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Part:
    """What one plant gives to a number of the group."""

    key: str
    """As in ``GroupValues.plants``."""
    name: str
    told: PointValue
    """As its report says."""
    counted: PointValue
    """As much of it as counts."""
    weight: Decimal
    """Part of the plant that counts. [-]"""
    report: Filed | None
    """None: the plant has not reported."""


@dataclass(frozen=True, slots=True)
class Traced:
    """One record of a report."""

    kind: str
    id: str
    name: Localised
    lines: tuple[Line, ...]
    """Of activity data: with formula and factor."""
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The records that a value of a plant comes from, as far as one origin names them."""

    origin: Origin
    report: Filed
    """In which they stand: that of the year, or of the earlier one that it was held against."""
    records: tuple[Traced, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """One plant's part, opened down to its bills."""

    part: Part
    steps: tuple[Step, ...]


def parts(found: GroupValues, point: str) -> tuple[Part, ...]:
    """The plants behind a data point of the group; of a sum they add up to it.

    Parameters
    ----------
    found
        the data points of the group.
    point
        key of one.

    Raises
    ------
    UserError
        when there is no such data point, or no plant gives anything to it.
    """
    asked = _point(point)
    return tuple(
        Part(
            one.key,
            one.name,
            found.plants[one.key].get(point) or one.value,
            one.value,
            _weight(found, asked, one.key),
            found.reports.get(one.key),
        )
        for one in counted(asked, found.plants, found.names, found.weights, found.periods, found.exact)
    )


def part_named(found: GroupValues, point: str, plant: str) -> Part:
    """The part of one plant, by its key or by its name.

    Raises
    ------
    UserError
        when no plant or several have this name.
    """
    every = parts(found, point)
    alike = [one for one in every if one.key == plant] or [
        one for one in every if known_as(one.name) == known_as(plant)
    ]
    if len(alike) == 1:
        return alike[0]
    raise UserError(
        T("Several plants are called “{name}”.", name=plant)
        if alike
        else T("No plant is called “{name}”.", name=plant),
        T("Choose one of: {known}.", known=[one.key if alike else one.name for one in alike or every]),
    )


def opened(group: GroupFile, found: GroupValues, part: Part) -> Opened:
    """A plant's part with the records behind it, from the kept original of its report.

    Parameters
    ----------
    group
        open, also without the right to write.
    found
        the data points of the group.
    part
        one of :func:`parts`.

    Returns
    -------
    Opened
        one step for each origin of the value, in its order; what a report does not carry has no step.

    Raises
    ------
    UserError
        when the plant has not reported, or an original was altered or does not come to the tonnes that were filed.
    """
    if part.report is None:
        raise UserError(
            T("“{plant}” has not reported.", plant=part.name), T("Import its report; what is held needs a decision.")
        )
    packages: dict[str, Package] = {}
    steps = []
    for origin in part.told.origins:
        filed = _report(group, found, part, origin)
        if filed is not None:
            if filed.sha256 not in packages:
                packages[filed.sha256] = package_of(group, filed)
            steps.append(Step(origin, filed, tuple(_records(group, filed, packages[filed.sha256], origin))))
    return Opened(part, tuple(steps))


def _point(key: str) -> Point:
    point = all_points().get(key)
    if point is None:
        raise UserError(
            T("There is no data point “{point}”.", point=key[:60]), T("Choose one of the list of data points.")
        )
    if point.fold == "own":
        raise UserError(
            T("Head office answers “{point}” itself: no plant gives anything to it.", point=point.name),
            T("Look into its answer."),
        )
    return point


def _weight(found: GroupValues, point: Point, key: str) -> Decimal:
    period = found.periods.get(key)
    return period.share if period is not None and stands(point) else found.weights.get(key, ONE)


def _report(group: GroupFile, found: GroupValues, part: Part, origin: Origin) -> Filed | None:
    """Where the records of an origin stand; None where no report of their year is at hand."""
    if not origin.year or origin.kind not in LINES or origin.year == found.year:
        return part.report
    sha256 = found.earlier.get(part.key, {}).get(origin.year)
    return None if sha256 is None else group.received(sha256)


def _records(group: GroupFile, filed: Filed, package: Package, origin: Origin) -> Iterator[Traced]:
    if origin.kind in LINES:
        for one in explain_records(group, filed, package, origin.ids):
            yield Traced("activity", one.activity.id, name_of(one.activity), one.lines, one.proofs)
        return
    for key in origin.ids:
        record = package.ledger.get(origin.kind, key)
        if record is not None:
            yield Traced(origin.kind, key, name_of(record), (), proofs_of(package, key, named(record, "evidence")))
