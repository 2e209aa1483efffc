"""What speaks against a report in the light of what was filed before.

Replays are refused. What only a person can weigh holds the report: a plant that nobody knows, a total far from last
year's, something that another plant has counted already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.group.register.ownership import Ownership, known_as
from core.group.year.repeats import repeats_with
from core.i18n import T, Text, show_number, verbatim
from core.library import EXACT
from core.store import Filed, GroupFile, Marking

COUNTED = ("scope1", "scope2_location", "scope3")
"""What the total of a plant is made of when two years or versions are compared."""


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against a report."""

    refused: tuple[Text, ...] = ()
    """It can never count."""
    doubts: tuple[Text, ...] = ()
    """A person has to decide whether it counts."""
    notices: tuple[Text, ...] = ()
    """Worth knowing; stops nothing."""


@dataclass(frozen=True, slots=True)
class Counted:
    """As much of an accepted report as the next one is held against."""

    name: str
    audit_id: str
    start: str
    end: str
    total: Decimal
    """[t CO2e]"""


class Light:
    """The light in which files are seen while many come in: what was filed before, read once and kept up to date."""

    def __init__(self, group: GroupFile) -> None:
        self._group = group
        self._owned = Ownership.of(group.register)
        self._years: dict[int, dict[str, list[Counted]]] = {}

    def against(self, filed: Filed, markings: Iterable[Marking]) -> Against:
        """What speaks against a file that is good in itself."""
        if refused := self.replays(filed):
            return Against(refused)
        twice = repeats_with(self._group, self._owned, filed, markings)
        doubts = (
            *self._unknown_plant(filed),
            *self._same_time(filed),
            *self._far_from(filed),
            *(repeat.sentence() for repeat in twice if repeat.kind != "evidence"),
        )
        return Against((), doubts, tuple(repeat.sentence() for repeat in twice if repeat.kind == "evidence")[:1])

    def accepted(self, filed: Filed) -> None:
        """A report counts from now on, and no other of its audit does."""
        for plants in self._years.values():
            for counted in plants.values():
                counted[:] = [one for one in counted if one.audit_id != filed.audit_id]
        if filed.year in self._years:
            self._years[filed.year].setdefault(self._plant(filed), []).append(_counted(filed))

    def replays(self, filed: Filed) -> tuple[Text, ...]:
        """Replays: an older or a second report of the same revision, or one that does not follow the filed one."""
        latest = self._group.latest(filed.audit_id)
        if latest is None or latest.package_sha256 == filed.package_sha256:
            return ()
        if filed.revision <= latest.revision:
            return (
                T("Revision {received} of this audit is not newer than the filed revision {filed}.",
                  received=filed.revision, filed=latest.revision),
            )  # fmt: skip
        if filed.revision == latest.revision + 1 and filed.previous != latest.package_sha256:
            return (T("The report does not continue the filed revision {filed} of this audit.", filed=latest.revision),)
        return ()

    def _plant(self, filed: Filed) -> str:
        """The id of its plant in the register, else its name and country."""
        site = self._owned.site_of(filed)
        return f"{filed.country.strip().upper()} {known_as(filed.plant)}" if site is None else site.id

    def _of_plant(self, filed: Filed, year: int) -> list[Counted]:
        if year not in self._years:
            plants: dict[str, list[Counted]] = {}
            for one in self._group.accepted(year):
                plants.setdefault(self._plant(one), []).append(_counted(one))
            self._years[year] = plants
        return self._years[year].get(self._plant(filed), [])

    def _unknown_plant(self, filed: Filed) -> Iterator[Text]:
        if self._owned.sites and self._owned.site_of(filed) is None:
            yield T("The register has no plant {plant} in {country}.",
                    plant=verbatim(filed.plant), country=verbatim(filed.country or "—"))  # fmt: skip

    def _same_time(self, filed: Filed) -> Iterator[Text]:
        """Another audit of the same days would count them twice."""
        for year in (filed.year - 1, filed.year, filed.year + 1):
            for other in self._of_plant(filed, year):
                if other.audit_id != filed.audit_id and other.start <= filed.end and filed.start <= other.end:
                    yield T("The accepted report “{file}” of the same plant covers the same time.",
                            file=verbatim(other.name))  # fmt: skip

    def _far_from(self, filed: Filed) -> Iterator[Text]:
        limit, total = self._group.register.group.hold_above, total_of(filed)
        latest = self._group.latest(filed.audit_id)
        if latest is not None and latest.sha256 != filed.sha256 and differs(total, total_of(latest), limit):
            yield T("The total of {now} t CO₂e is more than {limit} % away from the {before} t CO₂e of revision "
                    "{revision}.", now=show_number(total, 3), limit=show_number(limit),
                    before=show_number(total_of(latest), 3), revision=latest.revision)  # fmt: skip
        for year in (filed.year - 1, filed.year + 1):
            for other in self._of_plant(filed, year):
                if other.audit_id != filed.audit_id and differs(total, other.total, limit):
                    yield T("The total of {now} t CO₂e is more than {limit} % away from the {before} t CO₂e of {year}.",
                            now=show_number(total, 3), limit=show_number(limit), before=show_number(other.total, 3),
                            year=year)  # fmt: skip


def _counted(filed: Filed) -> Counted:
    return Counted(filed.name, filed.audit_id, filed.start, filed.end, total_of(filed))


def total_of(filed: Filed) -> Decimal:
    """What a plant reported in all, scope 2 by location. [t CO2e]"""
    total = Decimal(0)
    for scope in COUNTED:
        total = EXACT.add(total, (filed.totals or {}).get(scope, Decimal(0)))
    return total


def differs(now: Decimal, before: Decimal, percent: Decimal) -> bool:
    """Whether a total is further from an earlier one than so many percent of it.

    Parameters
    ----------
    now, before
        totals. [t CO2e]
    percent
        0 or more. [%]

    Notes
    -----
    ``|now - before| x 100 > percent x |before|``; from nothing, every total differs.

    References
    ----------
    The limit is ours; ISO 14064-3:2019, 6.1.3, asks for analytical procedures against earlier periods.

    Examples
    --------
    >>> differs(Decimal(126), Decimal(100), Decimal(25)), differs(Decimal(75), Decimal(100), Decimal(25))
    (True, False)
    """
    return EXACT.multiply(abs(EXACT.subtract(now, before)), Decimal(100)) > EXACT.multiply(percent, abs(before))
