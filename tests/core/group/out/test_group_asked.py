"""What the signed report of the group says of its answers: what readiness says, of the same values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.disclosures.catalogue import all_points
from core.disclosures.maps import all_maps
from core.disclosures.readiness import is_proven, lacking, readiness_of
from core.group.asked.gathering import GroupValues, group_values, reports_of
from core.group.asked.kept import ASKED
from core.group.asked.trail import parts
from core.group.out.asked import MOST_LACKING, asked_of
from core.group.out.package import gather, held_against
from core.i18n import T
from core.ledger import Answer, Change, QuestionDecision, Site, Step
from core.ledger.records import Record, kind_of
from core.library import load_library
from core.report import Cancelled
from core.report.group.asked import Asked
from core.signing import Identity, Trust
from core.store import GroupFile
from tests.core.group.asked.reported import SITES, TODAY, group_of
from tests.core.group.filled import filled
from tests.core.handover.conftest import NOW, auditor, authority, trust

__all__ = ["auditor", "authority", "trust"]
LATER = NOW + timedelta(days=60)
OFFICE: tuple[Record, ...] = (
    *SITES, Site("si3", "Cedar", "CN"), Answer("2024 gov.board", "gov.board", 2024, TODAY, "Quarterly"),
    QuestionDecision("2024 cdp_2025 7.1.3", "cdp_2025", "7.1.3", 2024, "no", "No change", "Li Na"),
)  # fmt: skip


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory, auditor: Identity, trust: Trust) -> Iterator[GroupFile]:
    path = group_of(tmp_path_factory.mktemp("asked") / "wood.group", auditor, trust, OFFICE)
    with GroupFile.open(path) as held:
        yield held


@pytest.fixture(scope="module")
def found(group: GroupFile) -> GroupValues:
    return group_values(group.register, reports_of(group, 2024, LATER.date()), 2024, LATER.date())


@pytest.fixture(scope="module")
def asked(group: GroupFile) -> Asked:
    made = gather(group, 2024, load_library(), language="en", issued_by="", when=LATER, compare=False).contents.asked
    assert made is not None
    return made


def test_each_framework_says_what_readiness_says(group: GroupFile, found: GroupValues, asked: Asked) -> None:
    decisions = group.register.held(QuestionDecision)
    by_title = {(one.title, one.edition): one for one in asked.frameworks}
    for one in all_maps().values():
        ready = readiness_of(one, found.values, decisions, 2024, "group")
        if ready.counted or ready.of_state("not_applicable"):
            told = by_title[one.title, one.edition]
            assert (told.data, told.evidence, told.counted) == (ready.data.n, ready.evidence.n, ready.data.of)
            assert told.undecided == len(ready.of_state("undecided"))
    assert sum(one.put_aside for one in asked.frameworks) == 1


def test_plants_are_counted_by_what_counts_of_them(found: GroupValues, asked: Asked) -> None:
    assert [(one.plant, one.reported) for one in asked.plants] == [("Ash", True), ("Birch", True), ("Cedar", False)]
    ash, birch, cedar = asked.plants
    assert 0 < ash.evidence < ash.data < asked.points and (cedar.data, cedar.evidence) == (0, 0)
    assert (ash.data, ash.evidence) == (birch.data, birch.evidence)
    folded = [key for key, point in all_points().items() if point.fold != "own"]
    own = {key: part for key in folded for part in parts(found, key) if part.key == "si1"}
    assert ash.data <= sum(one.counted.known for one in own.values())
    assert ash.evidence <= sum(is_proven(one.counted) for one in own.values())


def test_what_is_missing_names_the_plants_or_head_office(group: GroupFile, found: GroupValues, asked: Asked) -> None:
    ready = [readiness_of(one, found.values, group.register.held(QuestionDecision), 2024, "group")
             for one in all_maps().values()]  # fmt: skip
    every = lacking(ready, all_points())
    assert len(asked.lacking) + asked.more == len(every) and len(asked.lacking) <= MOST_LACKING
    assert [one.questions for one in asked.lacking] == [one.asked for one in every[:MOST_LACKING]]
    by_name = {one.name: one for one in asked.lacking}
    gas = by_name.get(all_points()["ghg.s1"].name)
    assert gas is not None and (gas.plants, gas.others, gas.office) == (("Cedar",), 0, False)
    assert any(one.office and not one.plants for one in asked.lacking)


def test_it_is_the_same_when_it_is_made_again(group: GroupFile) -> None:
    made = gather(group, 2024, load_library(), language="en", issued_by="", when=LATER, compare=False)
    assert held_against(made, group, load_library()) == ()
    answer = Answer("2024 gov.risk", "gov.risk", 2024, TODAY, "Workshop")
    group.append(Change("Li Na", NOW, T("Answered"), (Step("answer", answer.id, None, answer),)))
    assert [str(one) for one in held_against(made, group, load_library())] == ["Answers to those who ask"]


def test_who_answers_nobody_says_nothing_of_it(tmp_path: Path) -> None:
    with filled(tmp_path / "g.group", (2024,)) as group:
        assert asked_of(group, 2024, "operational_control", TODAY) is None
        one = Answer("2024 gov.risk", "gov.risk", 2024, TODAY, "Workshop")
        group.append(Change("Li Na", NOW, T("Answered"), (Step(kind_of(one), one.id, None, one),)))
        assert asked_of(group, 2024, "operational_control", TODAY) is not None


def test_reading_can_be_stopped(group: GroupFile) -> None:
    told: list[float] = []
    with pytest.raises(Cancelled):
        gather(group, 2024, load_library(), language="en", issued_by="", when=LATER, compare=False,
               progress=lambda share, _said: told.append(share), cancelled=lambda: len(told) == 1)  # fmt: skip
    assert told == [0.0] and group.having(ASKED)
