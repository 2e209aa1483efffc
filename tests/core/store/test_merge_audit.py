"""Two laptops in one audit: a merge does not bring about what neither copy could have done by itself."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pytest

from core.errors import RefusedError
from core.i18n import T
from core.ledger import Change, Person, Record, Step
from core.store import PlantFile, look, merging
from tests.core.audit.party import (
    AUDITOR,
    BILLS,
    ENGAGEMENT,
    FINDING,
    LEAD,
    NOW,
    PREPARER,
    REVIEWER,
    answer,
    declaration,
    sheet,
)
from tests.core.audit.plant_file import in_verification, put

CORRECTED = replace(BILLS["m01"], quantity=Decimal(1234))


@pytest.fixture
def plant_laptop(tmp_path: Path) -> Path:
    """The plant's file, in verification with one open finding."""
    path = in_verification(tmp_path / "plant.plant")
    with PlantFile.open(path) as plant:
        put(plant, AUDITOR, FINDING)
    return path


@pytest.fixture
def audit_laptop(plant_laptop: Path) -> Path:
    """The auditors' copy of it."""
    return Path(shutil.copy(plant_laptop, plant_laptop.with_name("audit.plant")))


def work(path: Path, who: Person, *records: Record, because: str = "") -> None:
    with PlantFile.open(path) as plant:
        put(plant, who, *records, because=because)


def move(path: Path, who: Person, state: str, **changes: str) -> None:
    """The audit is in another state, without all that a whole audit asks for on the way there."""
    with PlantFile.open(path) as plant:
        engagement = plant.ledger.engagement(2023)
        assert engagement is not None
        after = replace(engagement, state=state, **changes)  # type: ignore[arg-type]
        with patch("core.audit.gate.permit"):
            plant.append(Change(who.name, NOW, T("Moved"), (Step("engagement", "2023", engagement, after),)))


def merge(path: Path, other: Path, who: Person, taken: str = "") -> None:
    with PlantFile.open(path) as plant, look(plant.path, plant.ledger, other) as found:
        answers = {conflict.key: taken for conflict in found.comparison.conflicts} if taken else {}
        pending = merging(plant, found, answers, who.name, NOW)
        pending.write_apart()
        plant.happened(pending)


def test_answers_and_tests_of_two_laptops_join(plant_laptop: Path, audit_laptop: Path) -> None:
    answered = replace(FINDING, root_cause="Typed wrong", status="answered", answered_by=PREPARER.id)
    work(plant_laptop, PREPARER, answered)
    work(plant_laptop, PREPARER, CORRECTED, because="fi00001")
    work(audit_laptop, AUDITOR, replace(sheet(AUDITOR), activity="m02"))
    work(audit_laptop, AUDITOR, replace(FINDING, clause="5.2"))
    merge(audit_laptop, plant_laptop, AUDITOR)
    merge(plant_laptop, audit_laptop, PREPARER)
    with PlantFile.open(plant_laptop) as one, PlantFile.open(audit_laptop) as two:
        assert one.ledger == two.ledger
        assert one.ledger.get("finding", "fi00001") == replace(answered, clause="5.2")
        assert [c.who for c in one.corrections] == [c.who for c in two.corrections] == [PREPARER.name]
        assert PREPARER.name not in two.authors("test", "te00001")


def test_nobody_closes_in_one_copy_what_they_corrected_in_the_other(plant_laptop: Path, audit_laptop: Path) -> None:
    both = Person("pe00009", "Wu Di", ("auditor", "preparer"))
    work(plant_laptop, LEAD, both)
    work(plant_laptop, LEAD, replace(ENGAGEMENT, state="verification", team=(*ENGAGEMENT.team, both.id)))
    shutil.copy(plant_laptop, audit_laptop)
    work(plant_laptop, both, CORRECTED, because="fi00001")
    closed = replace(FINDING, status="withdrawn", closed_by=both.id, closed="2024-03-07", closing_note="No longer")
    work(audit_laptop, both, closed)
    for ours, theirs, who in ((plant_laptop, audit_laptop, PREPARER), (audit_laptop, plant_laptop, LEAD)):
        with pytest.raises(RefusedError, match="Wu Di closed the finding"):
            merge(ours, theirs, who)


def test_nobody_tests_in_one_copy_what_they_corrected_in_the_other(plant_laptop: Path, audit_laptop: Path) -> None:
    both = replace(AUDITOR, roles=("auditor", "preparer"))
    work(plant_laptop, LEAD, both)
    shutil.copy(plant_laptop, audit_laptop)
    work(plant_laptop, both, CORRECTED, because="fi00001")
    work(audit_laptop, both, sheet(AUDITOR))
    for ours, theirs, who in ((plant_laptop, audit_laptop, PREPARER), (audit_laptop, plant_laptop, LEAD)):
        with pytest.raises(RefusedError, match="Wang Wei tested the record m01"):
            merge(ours, theirs, who)


def test_who_merges_has_not_entered_what_joins(plant_laptop: Path, audit_laptop: Path) -> None:
    work(plant_laptop, PREPARER, CORRECTED, because="fi00001")
    merge(audit_laptop, plant_laptop, AUDITOR)
    work(audit_laptop, AUDITOR, sheet(AUDITOR))


def test_data_join_while_findings_are_open(plant_laptop: Path, audit_laptop: Path) -> None:
    work(plant_laptop, PREPARER, CORRECTED, because="fi00001")
    move(audit_laptop, LEAD, "findings")
    merge(audit_laptop, plant_laptop, LEAD)
    with PlantFile.open(audit_laptop) as plant:
        assert plant.ledger.activities[0].quantity == Decimal(1234)


def test_data_do_not_change_below_an_audit_that_was_handed_on(plant_laptop: Path, audit_laptop: Path) -> None:
    work(plant_laptop, PREPARER, CORRECTED, because="fi00001")
    move(audit_laptop, LEAD, "review")
    for ours, theirs, who in ((plant_laptop, audit_laptop, PREPARER), (audit_laptop, plant_laptop, LEAD)):
        with pytest.raises(RefusedError, match="meanwhile the other one changed the data"):
            merge(ours, theirs, who)


def test_the_reviewer_works_on_a_laptop_of_their_own(plant_laptop: Path, audit_laptop: Path) -> None:
    move(audit_laptop, LEAD, "review")
    shutil.copy(audit_laptop, plant_laptop)
    work(audit_laptop, REVIEWER, answer(REVIEWER))
    work(plant_laptop, LEAD, declaration(LEAD, text="I am still independent."))
    merge(plant_laptop, audit_laptop, LEAD)
    with PlantFile.open(plant_laptop) as plant:
        assert plant.ledger.get("review_answer", answer(REVIEWER).id) == answer(REVIEWER)


def test_a_stranger_does_not_merge(plant_laptop: Path, audit_laptop: Path) -> None:
    work(audit_laptop, AUDITOR, replace(FINDING, clause="5.2"))
    with pytest.raises(RefusedError, match="not one of the people of the audit"):
        merge(plant_laptop, audit_laptop, Person("pe9", "Nobody", ()))


def test_one_person_with_two_ids_is_one_person(plant_laptop: Path, audit_laptop: Path) -> None:
    work(plant_laptop, LEAD, Person("pe00006", "Gao Yu", ("auditor",), email="gao@example.org"))
    work(audit_laptop, LEAD, Person("pe00006", "He Lin", ("auditor",)))
    work(audit_laptop, LEAD, Person("pe00007", "Gao Yu", ("auditor",)))
    work(audit_laptop, LEAD, replace(FINDING, owner="pe00007"))
    with PlantFile.open(plant_laptop) as plant, look(plant.path, plant.ledger, audit_laptop) as found:
        assert [c.key[2] for c in found.comparison.conflicts] == []
    for ours, theirs in ((plant_laptop, audit_laptop), (audit_laptop, plant_laptop)):
        merge(ours, theirs, LEAD)
    with PlantFile.open(plant_laptop) as one, PlantFile.open(audit_laptop) as two:
        assert one.ledger == two.ledger
        people = {person.name: person for person in one.ledger.held(Person)}
        assert len(people) == len(one.ledger.held(Person)) == 7
        finding = one.ledger.get("finding", "fi00001")
        assert finding == replace(FINDING, owner=people["Gao Yu"].id)


def test_a_year_that_is_concluded_stays_as_it_is(plant_laptop: Path, audit_laptop: Path) -> None:
    work(plant_laptop, PREPARER, CORRECTED, because="fi00001")
    move(audit_laptop, LEAD, "concluded", concluded="2024-03-09", package="ab" * 32)
    with pytest.raises(RefusedError, match="concluded here"):
        merge(audit_laptop, plant_laptop, LEAD)
    with pytest.raises(RefusedError, match="moved the audit of 2023 on to “Concluded”"):
        merge(plant_laptop, audit_laptop, PREPARER)
