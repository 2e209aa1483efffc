"""The data points of a group: those of each plant from its accepted reports, those of head office from its register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.disclosures.catalogue import all_points
from core.disclosures.folding import fold
from core.disclosures.once import Period
from core.disclosures.value import PointValue
from core.disclosures.values import own_values
from core.group.asked.counting import counted_tonnes, counted_values
from core.group.asked.keeping import Progress, Told, gathered, keep, nobody_waits
from core.group.asked.registered import registered, settled
from core.group.register.ownership import Ownership, works
from core.group.year.consolidating import consolidate
from core.group.year.placing import Placed, placed
from core.i18n import Text
from core.ledger import Evidence, Register, Site
from core.library import EXACT
from core.methods import exact_sum
from core.store import Filed, GroupFile

__all__ = ["GroupValues", "Told", "group_values", "reports_of"]


@dataclass(frozen=True, slots=True)
class GroupValues:
    """What a group knows in a year."""

    year: int
    approach: str
    values: Mapping[str, PointValue]
    """Of the group, by data point."""
    plants: Mapping[str, Mapping[str, PointValue]]
    """Of each plant that counts; nothing of one that has not reported."""
    names: Mapping[str, str]
    """Of the plants, by the same keys."""
    weights: Mapping[str, Decimal]
    """Part of each plant that counts. [-]"""
    reports: Mapping[str, Filed]
    """Of each plant that has reported: an origin of the group leads to it by its id."""
    proofs: Mapping[str, str]
    """Names of kept files: those of plants by key of the plant and id, those of head office by id."""
    troubles: tuple[Text, ...] = ()
    earlier: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    """SHA-256 of the reports of other years that each plant's was held against, by key of the plant and year."""
    periods: Mapping[str, Period] = field(default_factory=dict)
    """The reports of plants that have several."""
    exact: Mapping[str, Mapping[str, PointValue]] = field(default_factory=dict)
    """What counts of the emissions of each plant, by its key and data point: by month, without own deliveries."""


def reports_of(
    group: GroupFile, year: int, today: date, progress: Progress = nobody_waits
) -> tuple[Told, ...]:  # fmt: skip
    """What the accepted reports of a year tell: from what is kept beside them, else from their originals, which takes
    some seconds a report; where the file may be written, that is kept then.

    Parameters
    ----------
    group
        open, also without the right to write.
    year
        in which the reports end.
    today
        on which answers must still hold.
    progress
        is told how many reports are looked at, and of how many.
    """
    found = gathered(group, group.accepted(year), today, progress=progress)
    keep(group, found)
    return found.told


def group_values(
    register: Register, told: Iterable[Told], year: int, today: date, approach: str | None = None
) -> GroupValues:
    """The data points of the group.

    Parameters
    ----------
    register
        companies, plants, stakes, and the answers of head office.
    told
        what the accepted reports of the year tell, in any order.
    year
        in which the reports end.
    today
        on which answers must still hold.
    approach
        how companies are consolidated; None: that of the group.

    Notes
    -----
    Emissions count month by month and without what own plants deliver to each other, as the report of the group states
    them; everything else of a plant with the average of its monthly shares, where its unit is no count of people or
    cases. Plants that do not count are left out. A plant of the
    register that belongs to the group in the year and has not reported makes every sum incomplete. Where two reports of
    a plant lie beside each other, each counts for its own months.

    Raises
    ------
    UserError
        when stakes or transfers contradict each other.
    """
    approach = approach or register.group.approach
    owned = Ownership.of(register)
    held = sorted(told, key=lambda one: (one.filed.start, one.filed.end, one.filed.sha256))
    places = placed(owned, [one.filed for one in held], approach)
    found = _Found()
    for place, one in zip(places, held, strict=True):
        weight = _weight(place)
        if weight:
            found.add(place, one, weight)
    reported = {place.key for place in places}
    for site in register.held(Site):
        if site.id not in reported and _belongs(owned, site, year, approach):
            found.plants[site.id], found.names[site.id] = {}, site.name
    own_said, several = own_values(register, year, today), found.several()
    exact = _exact(register, held, found, year, approach)
    known = registered(register, approach, found.plants, found.reports)
    values = fold(all_points(), found.plants, settled(own_said, known), found.names, found.weights, several, exact)
    own = {one.id: one.name for one in register.held(Evidence)}
    return GroupValues(
        year, approach, values, found.plants, found.names, found.weights, found.reports, {**own, **found.proofs},
        tuple(one.trouble for one in held if one.trouble is not None), found.earlier, several, exact,
    )  # fmt: skip


def _exact(
    register: Register, held: Iterable[Told], found: _Found, year: int, approach: str
) -> dict[str, Mapping[str, PointValue]]:  # fmt: skip
    """Of the reports whose lines are at hand."""
    lines = [(one.filed, one.lines) for one in held if one.lines is not None]
    if not lines:
        return {}
    counted = counted_tonnes(consolidate(register, lines, year, approach=approach))
    return {
        key: counted_values(found.plants[key], counted[filed.sha256])
        for key, filed in found.reports.items()
        if filed.sha256 in counted
    }


class _Found:
    """What is gathered, by key of the plant; of several reports of one plant each has a key of its own."""

    def __init__(self) -> None:
        self.plants: dict[str, Mapping[str, PointValue]] = {}
        self.names: dict[str, str] = {}
        self.weights: dict[str, Decimal] = {}
        self.reports: dict[str, Filed] = {}
        self.proofs: dict[str, str] = {}
        self.earlier: dict[str, Mapping[int, str]] = {}
        self._periods: dict[str, Period] = {}

    def several(self) -> dict[str, Period]:
        """The reports of plants that have more than one."""
        count = Counter(one.site for one in self._periods.values())
        return {key: one for key, one in self._periods.items() if count[one.site] > 1}

    def add(self, place: Placed, told: Told, weight: Decimal) -> None:
        key, name = place.key, told.filed.plant if place.site is None else place.site.name
        number = 1
        while key in self.plants:
            number += 1
            key = f"{place.key}/{number}"
        if number > 1:
            name = f"{name} ({told.filed.start} – {told.filed.end})"
        self.plants[key], self.names[key], self.weights[key] = told.values, name, weight
        self.reports[key], self.earlier[key] = told.filed, told.earlier
        share = EXACT.divide(exact_sum(place.shares.named.values()), Decimal(len(place.months)))
        self._periods[key] = Period(place.key, told.filed.end, share)
        self.proofs |= {f"{key} {proof}": words for proof, words in told.proofs.items()}


def _weight(place: Placed) -> Decimal:
    """Average over all months of the report; months that are taken from another report count for nothing."""
    months = len(place.months | place.beside)
    return EXACT.divide(exact_sum(place.shares.named.values()), Decimal(months)) if months else Decimal(0)


def _belongs(owned: Ownership, site: Site, year: int, approach: str) -> bool:
    """Whether a plant works in a year and any month of it counts."""
    working = works(site, date(year, 1, 1), date(year, 12, 31))
    return working and any(owned.months(site.id, year, approach))
