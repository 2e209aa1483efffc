"""The state of each question, two counts apart, and what is missing in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosures.deciding import decision_id
from core.disclosures.readiness import OPEN, STATES, Count, QuestionState, Readiness, is_proven, lacking, readiness_of
from core.disclosures.value import PointValue
from core.ledger.disclosures import QuestionDecision
from tests.core.disclosures.made import MAP, POINTS, absent, answer, number, question, share, table

NOTHING: Mapping[str, PointValue] = {key: absent(key) for key in POINTS}
EVERYTHING: Mapping[str, PointValue] = {
    "ghg.s1": number("ghg.s1", 10, "e1"),
    "ghg.s2": number("ghg.s2", 20, "e2"),
    "energy.share": replace(share("energy.share", 1, 2), evidence=("e1",)),
    "policy.env": answer("policy.env", "yes", "e3"),
    "gov.board": answer("gov.board", "Quarterly", "e4"),
    "action.list": replace(table("action.list", ("LED", "1")), evidence=("e5",)),
    "target.set": answer("target.set", "yes"),
}


def decided(question: str, applies: str, year: int = 2025, map_key: str = "own_2025") -> QuestionDecision:
    return QuestionDecision(
        decision_id(year, map_key, question), map_key, question, year, applies, "Because", "Seen", "Li Na"
    )


def ready(
    values: Mapping[str, PointValue], *decisions: QuestionDecision, level: str = "plant", year: int = 2025
) -> Readiness:
    return readiness_of(MAP, values, decisions, year, level)


def state(found: Readiness, key: str) -> QuestionState:
    return next(one for one in found.questions if one.question.id == key)


def test_only_questions_of_the_level_are_asked() -> None:
    assert [one.question.id for one in ready(NOTHING).questions] == ["1", "2", "3", "3.1", "4", "5", "7", "8"]
    assert [one.question.id for one in ready(NOTHING, level="group").questions] == [
        "1", "2", "3", "3.1", "4", "5", "6", "8",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "decisions", "key", "wanted"),
    [
        (EVERYTHING, (), "1", "answered"),
        ({**NOTHING, "ghg.s1": EVERYTHING["ghg.s1"]}, (), "2", "part"),
        (NOTHING, (), "2", "missing"),
        ({}, (), "1", "missing"),
        ({"policy.env": answer("policy.env", "yes", "e3", expired=True)}, (), "3", "expired"),
        ({"ghg.s1": replace(number("ghg.s1", 1), expired=True)}, (), "2", "part"),
        (EVERYTHING, (), "3.1", "undecided"),
        (EVERYTHING, (decided("3.1", ""),), "3.1", "undecided"),
        (EVERYTHING, (decided("3.1", "yes", 2024),), "3.1", "undecided"),
        (EVERYTHING, (decided("3.1", "yes", map_key="own_2024"),), "3.1", "undecided"),
        (EVERYTHING, (decided("3.1", "no"),), "3.1", "not_applicable"),
        (EVERYTHING, (decided("3.1", "yes"),), "3.1", "answered"),
        (NOTHING, (decided("3.1", "yes"),), "3.1", "missing"),
        (NOTHING, (), "5", "optional_open"),
        (EVERYTHING, (), "5", "answered"),
        (EVERYTHING, (), "8", "missing"),
        (EVERYTHING, (decided("1", "no"),), "1", "answered"),
    ],
)
def test_the_state_of_a_question(
    values: Mapping[str, PointValue], decisions: tuple[QuestionDecision, ...], key: str, wanted: str
) -> None:
    assert state(ready(values, *decisions), key).state == wanted


def test_data_and_evidence_are_counted_apart() -> None:
    values = {**EVERYTHING, "policy.env": answer("policy.env", "yes"), "ghg.s2": number("ghg.s2", 20)}
    found = ready(values)
    assert found.data == Count(5, 7)  # 3.1 is undecided and counts, 8 has no data point, 5 is optional
    assert found.evidence == Count(3, 7)
    assert (found.data.percent, found.evidence.percent) == (71, 42)
    assert ready(values, decided("3.1", "no")).data == Count(5, 6)
    assert ready(values, decided("3.1", "yes")).data == Count(6, 7)


def test_a_statement_without_its_proof_is_data_and_no_evidence() -> None:
    found = state(ready({"policy.env": answer("policy.env", "yes")}), "3")
    assert (found.state, found.proven) == ("answered", False)
    assert state(ready(EVERYTHING), "3").proven


def test_of_a_groups_coverage_each_plant_must_prove() -> None:
    half = replace(answer("policy.env", "", "st1 e1"), covered=(1, 2))
    assert not is_proven(half)
    assert is_proven(replace(half, covered=(2, 2)))


def test_no_question_leaves_no_percentage() -> None:
    found = readiness_of(replace(MAP, questions=()), EVERYTHING, (), 2025, "plant")
    assert found.data.percent is None
    assert found.questions == ()


@given(st.integers(0, 999), st.integers(1, 1000))
def test_a_hundred_per_cent_only_when_nothing_is_open(n: int, of: int) -> None:
    count = Count(min(n, of), of)
    assert (count.percent == 100) == (count.n == count.of)


FOUND = st.fixed_dictionaries(
    {key: st.sampled_from([EVERYTHING[key], absent(key), replace(EVERYTHING[key], expired=True)]) for key in EVERYTHING}
)


@given(FOUND, st.sampled_from(["", "yes", "no"]), st.sampled_from(["plant", "group"]))
def test_what_holds_of_any_readiness(values: dict[str, PointValue], applies: str, level: str) -> None:
    found = ready(values, decided("3.1", applies), level=level)
    assert {one.state for one in found.questions} <= set(STATES)
    assert 0 <= found.evidence.n <= found.data.n <= found.data.of == found.evidence.of
    open_ = any(one.counts and one.state in OPEN for one in found.questions)
    assert (found.data.percent == 100) == (not open_)
    assert sum(len(found.of_state(one)) for one in STATES) == len(found.questions)


def test_last_years_decision_is_a_proposal_and_decides_nothing() -> None:
    found = state(ready(EVERYTHING, decided("3.1", "yes", 2023), decided("3.1", "no", 2024)), "3.1")
    assert found.state == "undecided"
    assert found.proposal is not None
    assert (found.proposal.year, found.proposal.decision.applies) == (2024, "no")
    later = state(ready(EVERYTHING, decided("3.1", "no", 2026)), "3.1")
    assert later.proposal is None
    done = state(ready(EVERYTHING, decided("3.1", "no", 2024), decided("3.1", "yes")), "3.1")
    assert (done.proposal, done.reason, done.comment) == (None, "Because", "Seen")


def test_another_edition_proposes_only_when_it_is_named() -> None:
    before = decided("3.1", "yes", 2024, "own_2024")
    assert state(readiness_of(MAP, EVERYTHING, [before], 2025, "plant"), "3.1").proposal is None
    found = state(readiness_of(MAP, EVERYTHING, [before], 2025, "plant", ("own_2024",)), "3.1")
    assert found.proposal is not None


def test_what_answers_most_questions_is_listed_first() -> None:
    other = replace(MAP, key="other", questions=(question("A", "policy.env"), question("B", "policy.env", "ghg.s2")))
    values = {**NOTHING, "energy.share": EVERYTHING["energy.share"]}
    every = [ready(values), readiness_of(other, values, (), 2025, "plant")]
    listed = lacking(every, POINTS)
    assert [(one.value.point, one.asked, one.alone) for one in listed] == [
        ("policy.env", 3, 2), ("ghg.s1", 2, 1), ("ghg.s2", 2, 0), ("action.list", 1, 1),
    ]  # fmt: skip
    assert listed[0].questions == (("own_2025", "3"), ("other", "A"), ("other", "B"))
    assert [str(one.who) if one.who else None for one in listed] == ["EHS manager", "Energy manager", None, None]
    assert [one.value.point for one in lacking(every, POINTS, within=every[1])] == ["policy.env", "ghg.s2"]


def test_what_nobody_has_to_answer_is_not_missing() -> None:
    listed = {one.value.point for one in lacking([ready(NOTHING)], POINTS)}
    assert "gov.board" not in listed  # its question is not decided
    assert "target.set" not in listed  # its question is optional
    assert "gov.board" in {one.value.point for one in lacking([ready(NOTHING, decided("3.1", "yes"))], POINTS)}


def test_a_point_nobody_knows_is_missing_with_its_key() -> None:
    found = readiness_of(replace(MAP, questions=(question("1", "no.such"),)), EVERYTHING, (), 2025, "plant")
    (value,) = found.questions[0].lacking
    assert "no.such" in str(value.missing)
    assert lacking([found], POINTS)[0].who is None


def test_numbers_are_in_the_unit_that_is_asked_for() -> None:
    asked = replace(MAP, questions=(replace(question("1", "ghg.s1"), unit="kgCO2e; MWh"),))
    found = readiness_of(asked, EVERYTHING, (), 2025, "plant").questions[0].values[0]
    assert (found.value, found.unit) == (Decimal(10_000), "kgCO2e")
    other = replace(MAP, questions=(replace(question("1", "ghg.s1"), unit="MWh"),))
    kept = readiness_of(other, EVERYTHING, (), 2025, "plant").questions[0].values[0]
    assert (kept.value, kept.unit) == (Decimal(10), "tCO2e")
