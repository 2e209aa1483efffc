"""What head office need not type, for its register or the reports of the year say it already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.disclosures.derived._made import Basis, found, record
from core.disclosures.value import Origin, PointValue
from core.i18n import T, verbatim
from core.ledger import Group, Register
from core.store import Filed

TOLD_ALIKE = ("method.standard", "method.gwp")
"""Choices of each plant; where they differ, the group used several."""
SEVERAL, BOTH = "several", "both"
FILED = "filed"
"""Kind of an origin that names filed reports by their SHA-256."""
Plants = Mapping[str, Mapping[str, PointValue]]


def registered(
    register: Register, approach: str, plants: Plants, reports: Mapping[str, Filed]
) -> Mapping[str, PointValue]:
    """Data points of head office that follow from what is there.

    Parameters
    ----------
    register
        with what was said of the group.
    approach
        by which it is consolidated.
    plants
        what each plant that counts tells, by its key; nothing of one that has not reported.
    reports
        of those that have reported, by the same keys.

    Returns
    -------
    Mapping
        by data point, only what is known: what head office answers itself stands above it.

    Notes
    -----
    The period is that of the reports where all have the same one. Standard and GWP are told where every plant tells
    its own; the approach of scope 2 is always both, for the group is added up both ways.
    """
    named = register.get("group", "group")
    of_group = list(_of_group(named, approach)) if isinstance(named, Group) else []
    return {one.point: one for one in (*of_group, *_of_reports(plants, reports))}


def settled(own: Mapping[str, PointValue], known: Mapping[str, PointValue]) -> Mapping[str, PointValue]:
    """Head office's own answers as long as they hold, else what is known without it."""
    return {**own, **{key: one for key, one in known.items() if key not in own or not own[key].known}}


def _of_group(group: Group, approach: str) -> Iterator[PointValue]:
    basis = record("group", (group.id,), T("The group: {name}", name=verbatim(group.name)), "plants")
    if group.name.strip():
        yield found("org.name", group.name.strip(), basis)
    yield found("boundary.approach", approach, basis)
    yield found("method.s2", BOTH, basis)
    if group.base_year:
        yield found("base.year_end", f"{group.base_year}-12-31", basis)


def _of_reports(plants: Plants, reports: Mapping[str, Filed]) -> Iterator[PointValue]:
    basis = _from(reports)
    periods = {(one.start, one.end) for one in reports.values()}
    if len(periods) == 1 and all(next(iter(periods))):
        ((start, end),) = periods
        yield found("period.start", start, basis)
        yield found("period.end", end, basis)
    for key in TOLD_ALIKE:
        told = [values.get(key) for values in plants.values()]
        said = {one.value for one in told if one is not None and one.known and isinstance(one.value, str)}
        if said and all(one is not None and one.known for one in told):
            yield found(key, next(iter(said)) if len(said) == 1 else SEVERAL, basis)


def _from(reports: Mapping[str, Filed]) -> Basis:
    hashes = tuple(sorted(one.sha256 for one in reports.values()))
    return Basis((Origin(FILED, hashes, T("Reports of the year: {count}", count=len(hashes)), "inbox"),))
