"""What the page knows of the checklist: every question with its state, and at head office what each plant answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.disclosures.catalogue import CHECK, all_points
from core.disclosures.checklist import Area, Checked, checked_of
from core.disclosures.readiness import Count, is_proven
from core.disclosures.value import PointValue
from core.ledger import Answer, AuditFinding, ExternalAudit, Ledger, Undertaking
from core.ledger.filing import Records
from core.store import Filed
from gui.checklist.areas import ALL, Tile
from gui.disclosures.found import PLANT, Found
from gui.language import _, say


@dataclass(frozen=True, slots=True, eq=False)
class Checks:
    """The checklist of one year."""

    found: Found
    areas: tuple[Area, ...]

    @property
    def of_plant(self) -> bool:
        """Whether it is a plant's own; else that of a group."""
        return self.found.level == PLANT

    @property
    def questions(self) -> tuple[Checked, ...]:
        """All of them, in their order."""
        return tuple(one for area in self.areas for one in area.questions)

    def of(self, point: str) -> Checked | None:
        """A question by its key, ``check.G1``."""
        return next((one for one in self.questions if one.question.point.key == point), None)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """All areas together, and each of them."""
        whole = Area("", self.questions)
        return (
            Tile(ALL, _("All topics"), whole.answered, whole.proven),
            *(Tile(one.key, say(one.title), one.answered, one.proven) for one in self.areas),
        )


def checks_of(found: Found) -> Checks:
    """The state of each question."""
    records = found.records
    findings = records.held(AuditFinding) if isinstance(records, Ledger) else ()
    own = [one for one in findings if one.year == found.year]
    return Checks(found, checked_of(found.values, own, found.level))


# ---------------------------------------------------------------------- plants of a group


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What the plants of a group answered to one question."""

    known: Count
    """Plants with an answer that holds."""
    proven: Count
    choices: Mapping[str, int]
    """Of a choice: how many plants answered what, in the order of the choices."""


def said_of(found: Found, point: str) -> Said:
    """How many plants answered a question, with what, and how many can prove it."""
    group, described = found.group, all_points().get(point)
    values = [] if group is None else [held[point] for held in group.plants.values() if point in held]
    every = 0 if group is None else len(group.plants)
    known = [one for one in values if one.known]
    counts = Counter(str(one.value) for one in known)
    order = () if described is None else tuple(key for key, _name in described.choices)
    return Said(
        Count(len(known), every),
        Count(sum(map(is_proven, known)), every),
        {key: counts[key] for key in order if counts[key]},
    )


@dataclass(frozen=True, slots=True, eq=False)
class PlantChecks:
    """The checklist of one plant, from its report."""

    id: str
    """Key of the plant in the group's values."""
    name: str
    report: Filed | None
    """None: it has not reported."""
    areas: tuple[Area, ...]

    @property
    def whole(self) -> Area:
        """All areas together."""
        return Area("", tuple(one for area in self.areas for one in area.questions))

    @property
    def yes(self) -> int:
        """Questions that are answered with yes."""
        return sum(one.value.known and one.value.value == "yes" for one in self.whole.questions)

    @property
    def wanting(self) -> int:
        """Questions whose answer asks for an action: no, or only partly."""
        return sum(one.wanting for one in self.whole.questions)

    @property
    def expired(self) -> int:
        """Questions whose answer has run out."""
        return sum(one.state == "expired" for one in self.whole.questions)


def plants_of(found: Found) -> tuple[PlantChecks, ...]:
    """Each plant of a group, by name; one that has not reported has answered nothing."""
    group = found.group
    if group is None:
        return ()
    made = [
        PlantChecks(key, group.names.get(key, key), group.reports.get(key), checked_of(values))
        for key, values in group.plants.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.id)))


def value_at(found: Found, plant: str, point: str) -> PointValue | None:
    """What one plant answered; None: it has not reported."""
    return None if found.group is None else found.group.plants.get(plant, {}).get(point)


# ---------------------------------------------------------------------- kept files


def naming(records: Records, proof: str) -> tuple[str, str]:
    """Page and id of the first record that names a kept file: answers, then results, then undertakings."""
    for answer in records.held(Answer):
        if proof in answer.evidence:
            return ("checklist" if answer.point.startswith(CHECK) else "disclosures"), answer.id
    for result in records.held(ExternalAudit):
        if proof in result.evidence:
            return "checklist", result.id
    for paper in records.held(Undertaking):
        if proof in paper.evidence:
            return "suppliers", paper.id
    return "", ""
