"""The checklist: state of each question, who can help, which questions it answers, and corrective actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.finding import Answer as Reply
from core.audit.finding import answering, raising
from core.disclosures.catalogue import AREAS, checklist
from core.disclosures.checklist import (
    STATES,
    Action,
    Checked,
    answers_to,
    checked_of,
    corrective,
    proposed_action,
    question_named,
)
from core.disclosures.maps import all_maps
from core.disclosures.readiness import Count
from core.disclosures.value import PointValue
from core.disclosures.values import values_of
from core.errors import RefusedError, UserError
from core.i18n import T
from core.ledger import Answer, AuditFinding, Evidence, Ledger, MineralDeclaration, SmelterList
from tests.core.audit.party import AUDITOR, ENGAGEMENT, FINDING, PEOPLE, PREPARER
from tests.core.disclosures.plants import FULL, gathered
from tests.core.samples import PLANT

DAY = date(2024, 3, 5)
PROOF = Evidence("e1", "letter.pdf", "other", "0" * 64, 10)
AUDITED = Ledger.of((PLANT, *PEOPLE, ENGAGEMENT))
DRILL = Action("No fire drill", "Nobody drilled in 2023.")


def answer(code: str, value: str, **more: object) -> Answer:
    return replace(Answer(f"2023 check.{code}", f"check.{code}", 2023, date(2024, 1, 10), value), **more)  # type: ignore[arg-type]


def checked(*records: Answer | Evidence, findings: tuple[AuditFinding, ...] = ()) -> dict[str, Checked]:
    areas = checked_of(values_of(gathered(*records)), findings)
    return {one.question.code: one for area in areas for one in area.questions}


def test_each_question_stands_once_in_the_order_of_its_area() -> None:
    areas = checked_of({})
    assert [area.key for area in areas] == list(AREAS)
    assert [one.question for area in areas for one in area.questions] == list(checklist())
    assert {one.state for area in areas for one in area.questions} == {"missing"}
    assert all(area.answered == Count(0, len(area.questions)) for area in areas)


def test_an_answer_is_proven_answered_or_expired() -> None:
    found = checked(
        PROOF,
        answer("G1", "yes", evidence=("e1",)),
        answer("G3", "partly"),
        answer("E4", "no", valid_to="2024-05-31"),
    )
    assert [found[code].state for code in ("G1", "G3", "E4", "G2")] == ["proven", "answered", "expired", "missing"]
    assert [found[code].wanting for code in ("G1", "G3", "E4", "G2")] == [False, True, False, False]
    governance = checked_of({one.value.point: one.value for one in found.values()})[0]
    assert (governance.answered, governance.proven) == (Count(2, 4), Count(1, 4))


def test_who_can_help_and_what_it_helps_to_answer() -> None:
    one = question_named("check.g1")
    assert str(checked_of({})[0].questions[0].who) == "Plant management"
    linked = [(asked.key, question.id) for asked, question in answers_to(one, all_maps())]
    assert linked == list(one.links)
    assert answers_to(one, {}) == ()


@pytest.mark.parametrize("one", checklist(), ids=lambda one: one.code)
def test_every_link_leads_to_a_question(one: object) -> None:
    found = next(each for each in checklist() if each == one)
    assert len(answers_to(found, all_maps())) == len(found.links)


def test_a_plant_is_not_asked_what_only_a_group_is() -> None:
    only = replace(checklist()[0], level="group")
    assert checked_of({}, questions=(only,)) == ()
    assert checked_of({}, level="group", questions=(only,))[0].questions[0].question is only


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(UserError, match="no question “Z9”"):
        question_named("Z9")


VALUES = st.builds(
    PointValue,
    st.sampled_from([one.point.key for one in checklist()]),
    st.sampled_from(("yes", "no", None)),
    evidence=st.sampled_from(((), ("e1",))),
    expired=st.booleans(),
    missing=st.sampled_from((None, T("Nobody knows."))),
)


@given(st.lists(VALUES))
def test_what_is_proven_is_answered_too(values: list[PointValue]) -> None:
    for area in checked_of({one.point: one for one in values}):
        assert area.proven.n <= area.answered.n <= area.answered.of == len(area.questions)
        assert all(one.state in STATES for one in area.questions)


# ---------------------------------------------------------------------- corrective actions


def raised(ledger: Ledger = AUDITED, code: str = "S3", action: Action = DRILL, key: str = "fi00001") -> Ledger:
    return ledger.apply(corrective(ledger, code, 2023, AUDITOR.id, DAY, key, action).steps)


def test_a_corrective_action_is_a_finding_of_the_audit() -> None:
    after = raised(action=replace(DRILL, owner=PREPARER.id, due="2024-03-31", clause="ISO 45001, 8.2"))
    (one,) = after.held(AuditFinding)
    assert (one.point, one.status, one.kind, one.owner) == ("check.S3", "open", "nonconformity", PREPARER.id)
    assert (one.due, one.clause, one.raised_by) == ("2024-03-31", "ISO 45001, 8.2", AUDITOR.id)
    reply = Reply("Forgotten", "Drilled on 2024-03-20", "In the calendar")
    after = after.apply(answering(after, one.id, PREPARER.id, reply).steps)
    (area,) = [area for area in checked_of({}, after.held(AuditFinding)) if area.key == "safety"]
    shown = next(one for one in area.questions if one.question.code == "S3")
    assert [each.status for each in shown.findings] == ["answered"] and shown.open_findings == shown.findings


def test_findings_of_other_things_stay_out() -> None:
    ledger = AUDITED.apply(raising(AUDITED, FINDING).steps)
    assert all(not one.findings for area in checked_of({}, ledger.held(AuditFinding)) for one in area.questions)


def test_it_can_be_about_any_data_point() -> None:
    assert raised(code="policy.env").held(AuditFinding)[0].point == "policy.env"


def test_one_question_has_one_open_finding() -> None:
    after = raised()
    with pytest.raises(UserError, match=r"open finding about it: 2023-01 No fire drill"):
        raised(after, key="fi00002")
    (held,) = after.held(AuditFinding)
    closed = Ledger.of((PLANT, *PEOPLE, ENGAGEMENT, replace(held, status="closed")))
    assert len(raised(closed, key="fi00002").held(AuditFinding)) == 2


@pytest.mark.parametrize(
    ("code", "action", "reason"),
    [
        ("Z9", DRILL, "no question"),
        ("S3", replace(DRILL, kind="misstatement"), "No tonnes are wrong"),
        ("S3", replace(DRILL, kind="mood"), "Unknown kind of finding"),
        ("S3", replace(DRILL, title=" "), "title is missing"),
        ("S3", replace(DRILL, description=""), "description is missing"),
        ("S3", replace(DRILL, due="2024-03-05"), "is due on"),
    ],
)
def test_what_is_no_action_is_refused(code: str, action: Action, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        raised(code=code, action=action)


def test_only_an_auditor_of_the_year_raises_one() -> None:
    with pytest.raises(RefusedError, match="takes an auditor"):
        corrective(AUDITED, "S3", 2023, PREPARER.id, DAY, "fi00001", DRILL)
    with pytest.raises(UserError, match="Nobody audits 2022"):
        corrective(AUDITED, "S3", 2022, AUDITOR.id, DAY, "fi00001", DRILL)


def test_the_form_begins_with_what_was_answered() -> None:
    found = checked(answer("G3", "partly"), answer("G4", "2"))
    assert proposed_action(found["G3"], "en").description == "Checklist G3: Partly"
    assert proposed_action(found["G4"], "en").description == "Checklist G4: 2 cases"
    assert proposed_action(found["S3"], "en").description == "Checklist S3: Not answered"
    assert proposed_action(found["G3"], "zh").title == "环境法律义务是否已列明并核对？"


# ---------------------------------------------------------------------- what records answer


def test_records_answer_before_people_do() -> None:
    values = values_of(gathered(*FULL))
    said = {code: values[f"check.{code}"].value for code in ("S2", "M3", "M5", "V5", "V6")}
    assert said == {"S2": Decimal(4), "M3": "2024-03-01", "M5": Decimal(0), "V5": Decimal(10_000), "V6": Decimal(34)}
    assert values["check.P1"].parts == (Decimal(1), Decimal(3))
    assert values["check.M4"].parts == (Decimal(1), Decimal(2))
    for code, point in (("V1", "cert.iso14001"), ("V2", "cert.iso50001"), ("S1", "cert.iso45001")):
        assert replace(values[f"check.{code}"], point=point) == values[point]


def test_a_person_answers_where_records_are_silent_and_only_there() -> None:
    asked = answer("V6", "1")
    assert values_of(gathered(*FULL, asked))["check.V6"].value == Decimal(34)
    assert values_of(gathered(asked))["check.V6"].value == Decimal(1)


def test_a_smelter_without_a_number_is_counted_and_one_without_a_list_is_not_judged() -> None:
    (told,) = [one for one in FULL if isinstance(one, MineralDeclaration) and one.id == "md1"]
    nameless = replace(told, smelters=(("tin", "Somewhere", "Somewhere", "PE", *[""] * 12),))
    others = [one for one in FULL if one is not told]
    assert values_of(gathered(*others, nameless))["check.M5"].value == Decimal(1)
    unlisted = [one for one in FULL if not isinstance(one, SmelterList)]
    value = values_of(gathered(*unlisted))["check.M5"]
    assert value.value is None and "No list of smelters" in str(value.missing)


def test_a_declaration_that_nobody_accepted_does_not_count() -> None:
    (told,) = [one for one in FULL if isinstance(one, MineralDeclaration) and one.id == "md1"]
    others = [one for one in FULL if one is not told]
    values = values_of(gathered(*others, replace(told, verdict="")))
    assert values["check.M4"].parts == (Decimal(0), Decimal(2))
