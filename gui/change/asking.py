"""Why the group changed: the question a person asks, and the answer as values, without any widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from core.group.change.changes import group_difference, in_both, pair_of, versions_pair
from core.group.change.comparing import SourceCauses, compare_all
from core.group.change.waterfall import REASONS
from core.group.year.consolidated import Consolidated, source_key
from core.group.year.consolidating import consolidate, reports_of
from core.i18n import Localised, T, Text, verbatim
from core.inventory.waterfall import CAUSES, TITLES
from core.ledger import Register
from core.library import EXACT
from core.store import Filed
from gui.compare.comparing import CauseRow
from gui.group.asking import reading
from gui.jobs import Cancelled, Progress
from gui.wording import SCOPES, named

ZERO = Decimal(0)
Key = tuple[str, str, str]
"""Plant, scope, emission source."""
ORDER = (*(cause for cause in CAUSES if cause != "boundary"), "opened", "closed", "bought", "sold", "not_reported",
         "boundary")  # fmt: skip
"""Steps of the chart: what plants did, then what the group did."""
STEPS: Mapping[str, Text] = {
    **TITLES,
    "opened": T("Plants opened"),
    "closed": T("Plants closed"),
    "bought": T("Plants bought"),
    "sold": T("Plants sold"),
    "not_reported": T("Not reported in both years"),
    "boundary": T("Shares and eliminations"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """Tonnes of one cause in one source of one plant."""

    key: Key
    cause: str
    """One of ``CAUSES``."""
    step: str
    """One of ``ORDER``: the cause, or what happened to the plant."""
    tonnes: Decimal


@dataclass(frozen=True, slots=True)
class Fall:
    """A difference, ready to be looked at by cause, plant, source and scope."""

    titles: tuple[str, str]
    """The two sides in words."""
    before: Mapping[Key, Decimal]
    after: Mapping[Key, Decimal]
    steps: tuple[Step, ...]
    names: Mapping[str, str]
    """Of plants, by key."""
    happened: Mapping[str, str]
    """A key of ``REASONS`` by plant."""
    group: bool
    """Two years of the group; False: two versions of one report."""

    def total(self, side: Mapping[Key, Decimal], scopes: Iterable[str]) -> Decimal:
        """Tonnes of a side in these scopes."""
        return _sum(value for key, value in side.items() if key[1] in set(scopes))

    def by_step(self, scopes: Iterable[str]) -> dict[str, Decimal]:
        """What each step adds or takes, in the order of the chart."""
        wanted = set(scopes)
        sums = dict.fromkeys(ORDER, ZERO)
        for one in self.steps:
            if one.key[1] in wanted:
                sums[one.step] = EXACT.add(sums[one.step], one.tonnes)
        return sums

    def rows(self, part: str, scopes: Iterable[str]) -> tuple[CauseRow, ...]:
        """One row for each ``plant``, ``source`` or ``scope`` with tonnes on either side, the largest change first."""
        wanted = set(scopes)
        places: dict[str, tuple[Localised, dict[str, Decimal], list[Decimal]]] = {}

        def at(key: Key) -> tuple[Localised, dict[str, Decimal], list[Decimal]]:
            name, title = self._named(part, key)
            return places.setdefault(name, (title, dict.fromkeys(CAUSES, ZERO), [ZERO, ZERO]))

        for place, side in enumerate((self.before, self.after)):
            for key, value in side.items():
                if key[1] in wanted:
                    ends = at(key)[2]
                    ends[place] = EXACT.add(ends[place], value)
        for one in self.steps:
            if one.key[1] in wanted:
                causes = at(one.key)[1]
                causes[one.cause] = EXACT.add(causes[one.cause], one.tonnes)
        found = [CauseRow(key, title, ends[0], sums, ends[1], key) for key, (title, sums, ends) in places.items()]
        return tuple(sorted(found, key=lambda row: (-abs(row.change), str(row.title))))

    def _named(self, part: str, key: Key) -> tuple[str, Localised]:
        plant, scope, source = key
        name = self.names.get(plant, plant)
        if part == "plant":
            return plant, verbatim(name)
        if part == "scope":
            return scope, SCOPES[scope]
        return source_key(plant, source), verbatim(named(name, source) if self.group else source)


def _sum(values: Iterable[Decimal]) -> Decimal:
    total = ZERO
    for value in values:
        total = EXACT.add(total, value)
    return total


# ---------------------------------------------------------------------- two years


def years_work(path: Path, approach: str, years: tuple[int, int]) -> Callable[[Progress, Callable[[], bool]], Fall]:
    """What compares two years of the group on another thread."""

    def work(progress: Progress, cancelled: Callable[[], bool]) -> Fall:
        progress(0.0, T("Adding up the two years"))
        with reading(path) as group:
            before, after = (
                consolidate(group.register, reports_of(group, year), year, approach=approach) for year in years
            )
            pairs = [partial(pair_of, group, old, new) for old, new in in_both(before, after)]
            compared = dict(compare_all(pairs, count=len(pairs), progress=progress, cancelled=cancelled))
            if cancelled():
                raise Cancelled
            return fall_of_years(group.register, before, after, compared)

    return work


def fall_of_years(
    register: Register, before: Consolidated, after: Consolidated, compared: Mapping[str, Iterable[SourceCauses]]
) -> Fall:
    """Two years with what was found in the reports of each plant."""
    found = group_difference(register, before, after, compared)
    steps = tuple(
        Step((part.plant, part.scope, part.source), part.cause, part.reason or part.cause, part.tonnes)
        for part in found.parts
    )
    titles = (str(found.first), str(found.last))
    return Fall(titles, counted(before), counted(after), steps, found.titles, found.reasons(), group=True)


def counted(one: Consolidated) -> dict[Key, Decimal]:
    """What the group answers for, by plant, scope and source."""
    places = {
        source_key(one.members[at].key, name): (one.members[at].key, name)
        for at, own in zip(one.member_of, one.sources, strict=True)
        for name in own
    }
    return {
        (places[key][0], scope, places[key][1]): tonnes for (key, scope), tonnes in one.cross("source", "scope").items()
    }


# ---------------------------------------------------------------------- two versions


def versions_work(
    path: Path, before: Filed, after: Filed, titles: tuple[str, str]
) -> Callable[[Progress, Callable[[], bool]], Fall]:
    """What compares two revisions of one audit on another thread."""

    def work(progress: Progress, cancelled: Callable[[], bool]) -> Fall:
        with reading(path) as group:
            pair = versions_pair(group, before, after)
        answers = dict(compare_all([lambda: pair], count=1, progress=progress, cancelled=cancelled))
        if pair.key not in answers:
            raise Cancelled
        return fall_of_versions(after, titles, answers[pair.key])

    return work


def fall_of_versions(after: Filed, titles: tuple[str, str], found: Iterable[SourceCauses]) -> Fall:
    """Two versions as they are, whatever share the group has."""
    own = {(after.plant, one.scope, one.source): one for one in found}
    steps = tuple(
        Step(key, cause, cause, tonnes) for key, one in own.items() for cause, tonnes in one.causes.items() if tonnes
    )
    sides = ({key: one.before for key, one in own.items()}, {key: one.after for key, one in own.items()})
    return Fall(titles, *sides, steps, {}, {after.plant: ""}, group=False)


def happened_words(found: Fall, plant: str) -> Text:
    """What became of a plant between the two years."""
    return REASONS[found.happened.get(plant, "")]
