"""What the commands of ``disclosure`` look at: values, maps and decisions of a plant or a group in a year."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from core.cli.common import library_of_plant, now
from core.cli.energy import year_ahead
from core.cli.holding import GROUP, holding
from core.disclosures.cells import Words
from core.disclosures.maps import maps_of, unread_maps
from core.disclosures.question import DisclosureMap
from core.disclosures.readiness import Readiness, readiness_of
from core.disclosures.value import PointValue
from core.disclosures.values import values_of
from core.errors import UserError
from core.group.asked.gathering import GroupValues, group_values, reports_of
from core.handover.asked import known_of
from core.i18n import T, Text
from core.ledger import ActionArea, Evidence, QuestionDecision
from core.ledger.filing import Records
from core.store import GroupFile, PlantFile


@dataclass
class Asked:
    """An open file."""

    records: Records
    level: str
    subject: str
    year: int
    today: date
    maps: Mapping[str, DisclosureMap]
    proofs: Mapping[str, str]
    """Names of kept files by id."""
    work: Callable[[int], Mapping[str, PointValue]]
    """Data points of a year; of a group some seconds for each report that is read for the first time."""
    words: Words | None = None
    """For the keys in tables that are the plant's own."""
    notices: list[Text] = field(default_factory=list)
    group: GroupFile | None = None
    """Of head office: where reports are kept."""
    found: dict[int, GroupValues] = field(default_factory=dict)
    """Of head office: what plants gave, by year that was asked about."""
    _values: dict[int, Mapping[str, PointValue]] = field(default_factory=dict)

    def values(self, year: int | None = None) -> Mapping[str, PointValue]:
        """Of the year asked about, or of another one."""
        wanted = self.year if year is None else year
        if wanted not in self._values:
            self._values[wanted] = self.work(wanted)
        return self._values[wanted]

    def map(self, key: str) -> DisclosureMap:
        """A map by its key.

        Raises
        ------
        UserError
            when there is none.
        """
        if key not in self.maps:
            raise UserError(
                T("There is no disclosure map “{map}”.", map=key[:60]),
                T("Choose one of: {known}.", known=list(self.maps)),
            )
        return self.maps[key]

    def ready(self, asked: DisclosureMap) -> Readiness:
        """How far it can be answered; earlier decisions of other editions are proposed too."""
        editions = [one.key for one in self.maps.values() if one.framework == asked.framework]
        decisions = self.records.held(QuestionDecision)
        return readiness_of(asked, self.values(), decisions, self.year, self.level, editions)


@contextmanager
def asked_of(arguments: argparse.Namespace) -> Iterator[Asked]:
    """The file of a command, open for reading; in a group what reports tell is kept for the next time, where it can."""
    year = getattr(arguments, "year", None)
    with holding(arguments.file, read_only=arguments.file.suffix.casefold() != GROUP) as file:
        yield _of_plant(file, year) if isinstance(file, PlantFile) else _of_group(file, year)


def _of_plant(plant: PlantFile, year: int | None) -> Asked:
    ledger, today = plant.ledger, now().date()
    library = library_of_plant(plant)

    def work(wanted: int) -> Mapping[str, PointValue]:
        return values_of(known_of(ledger, wanted, library, plant.blob, today))

    return Asked(
        ledger, "plant", ledger.plant.name, year_ahead(ledger, year), today, maps_of(ledger, plant.blob),
        {one.id: one.name for one in ledger.held(Evidence)}, work, Words(library.items, ledger.held(ActionArea)),
        list(unread_maps(ledger, plant.blob)),
    )  # fmt: skip


def _of_group(group: GroupFile, year: int | None) -> Asked:
    register, today = group.register, now().date()
    proofs = {one.id: one.name for one in register.held(Evidence)}
    notices, years = list(unread_maps(register, group.blob)), dict[int, GroupValues]()

    def work(wanted: int) -> Mapping[str, PointValue]:
        found = years[wanted] = group_values(register, reports_of(group, wanted, today), wanted, today)
        proofs.update(found.proofs)
        notices.extend(found.troubles)
        return found.values

    newest = year or max(group.years(), default=today.year - 1)
    maps = maps_of(register, group.blob)
    return Asked(
        register, "group", register.group.name, newest, today, maps, proofs, work, None, notices, group, years
    )  # fmt: skip
