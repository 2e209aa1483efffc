"""What the report of the group says of its answers to those who ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from core.disclosures.catalogue import all_points
from core.disclosures.maps import maps_of, unread_maps
from core.disclosures.readiness import Lacking, Readiness, is_proven, lacking, readiness_of
from core.group.asked.gathering import GroupValues, group_values
from core.group.asked.keeping import gathered, keep, nobody_waits
from core.group.asked.trail import parts
from core.ledger import Answer, MapFile, OwnQuestion, QuestionDecision, Register, Submission
from core.report.group.asked import Asked, Framework, Lack, PlantAnswers
from core.store import GroupFile

MOST_LACKING, MOST_PLANTS = 40, 6
"""Data points and plants of each that are named; the rest is in the window and in ``disclosure readiness``."""
SPEAKING = (Answer, QuestionDecision, OwnQuestion, MapFile, Submission)
"""Without any of these head office answers nobody."""


def asked_of(
    group: GroupFile,
    year: int,
    approach: str,
    today: date,
    progress: Callable[[int, int], None] = nobody_waits,
) -> Asked | None:
    """From what is kept beside the accepted reports of a year, else from their originals.

    Parameters
    ----------
    group
        the open group file; what had to be read is kept where it may be written.
    year
        of the report.
    approach
        how companies are consolidated.
    today
        day of issue, on which answers must hold.
    progress
        is told how many reports are looked at, and of how many.

    Returns
    -------
    Asked or None
        None where neither head office nor a plant has answered anything that somebody asks.
    """
    register = group.register
    reports = gathered(group, group.accepted(year), today, progress=progress)
    keep(group, reports)
    found = group_values(register, reports.told, year, today, approach)
    if not _speaks(register, found):
        return None
    maps = maps_of(register, group.blob)
    decisions = register.held(QuestionDecision)
    ready = []
    for one in sorted(maps.values(), key=lambda one: (one.framework.casefold(), one.edition, one.key)):
        editions = [other.key for other in maps.values() if other.framework == one.framework]
        ready.append(readiness_of(one, found.values, decisions, year, "group", editions))
    shown = [one for one in ready if one.counted or one.of_state("not_applicable")]
    asked = _asked_of_plants(shown)
    missing = lacking(shown, all_points())
    return Asked(
        tuple(_framework(one) for one in shown),
        len(asked),
        tuple(_plants(found, asked)),
        tuple(_lack(found, one) for one in missing[:MOST_LACKING]),
        len(missing[MOST_LACKING:]),
        (*unread_maps(register, group.blob), *found.troubles),
    )


def _speaks(register: Register, found: GroupValues) -> bool:
    """Whether anybody has answered those who ask; what follows from records alone is no answer yet."""
    if any(register.held(cls) for cls in SPEAKING):
        return True
    return any(one.origins and not one.derived for values in found.plants.values() for one in values.values())


def _framework(one: Readiness) -> Framework:
    data, evidence = one.data, one.evidence
    return Framework(one.map.title, one.map.edition, data.n, evidence.n, data.of,
                     len(one.of_state("undecided")), len(one.of_state("not_applicable")))  # fmt: skip


def _asked_of_plants(shown: Iterable[Readiness]) -> frozenset[str]:
    """Data points of counted questions to which plants give something."""
    points = all_points()
    keys = (key for one in shown for state in one.counted for key in state.question.points)
    return frozenset(key for key in keys if key in points and points[key].fold != "own")


def _plants(found: GroupValues, asked: Iterable[str]) -> Iterable[PlantAnswers]:
    """By name; of a plant with several reports what those that count give."""
    given: dict[str, list[int]] = {}
    for key in asked:
        known: dict[str, bool] = {}
        proven: dict[str, bool] = {}
        for one in parts(found, key):
            plant = _plant(found, one.key)
            known[plant] = known.get(plant, True) and one.counted.known
            proven[plant] = proven.get(plant, True) and is_proven(one.counted)
        for plant, is_known in known.items():
            counts = given.setdefault(plant, [0, 0])
            counts[0] += is_known
            counts[1] += proven[plant]
    names: Mapping[str, str] = found.names
    every = {_plant(found, key) for key in found.plants}
    for plant in sorted(every, key=lambda one: (names[one].casefold(), one)):
        data, evidence = given.get(plant, [0, 0])
        yield PlantAnswers(names[plant], plant in found.reports, data, evidence)


def _plant(found: GroupValues, key: str) -> str:
    """The plant of a report, by its first one."""
    period = found.periods.get(key)
    return key if period is None else period.site


def _lack(found: GroupValues, one: Lacking) -> Lack:
    point = all_points()[one.value.point]
    office = point.fold == "own"
    names = [] if office else [part.name for part in parts(found, point.key) if not part.counted.known]
    return Lack(
        point.name, one.asked, tuple(names[:MOST_PLANTS]), len(names[MOST_PLANTS:]), office, one.value.expired,
        one.value.missing if not names else None,
    )  # fmt: skip
