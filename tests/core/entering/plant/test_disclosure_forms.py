"""Answers, decisions, own questions and submissions as people enter them, in a plant and at head office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.entering.keeping import adding, keeping, removing
from core.entering.naming import title_of_record
from core.entering.plant import FORMS
from core.entering.plant.disclosures import answer_columns, maps, points
from core.entering.refusing import FieldError
from core.entering.words import made
from core.errors import UserError
from core.ledger import Answer, Ledger, OwnQuestion, QuestionDecision, Record, Register, Submission
from core.ledger.disclosures import ExternalAudit
from core.ledger.filing import Records
from tests.core.entering.filled import BEGUN, FILLED


def said(kind: str, records: Records = BEGUN, **words: Any) -> Record:
    return made(records, FORMS[kind], words)


def answered(point: str, value: str = "", *, records: Records = BEGUN, **words: Any) -> Answer:
    one = said("answer", records, year="2025", point=point, day="2026-01-15", value=value, **words)
    assert isinstance(one, Answer)
    return one


def kept(records: Records, one: Record) -> Records:
    return records.apply(adding(records, FORMS, one).steps)


@pytest.mark.parametrize(
    ("point", "words", "value"),
    [
        ("policy.env", " Policy of 2024 ", "Policy of 2024"),
        ("check.G1", "Yes", "yes"),
        ("check.G1", "不适用", "na"),
        ("check.G2", "2025年3月5日", "2025-03-05"),
        ("check.G4", "1,200", "1200"),
        ("check.G4", "1.2万", "12000"),
    ],
)
def test_a_value_is_kept_in_the_form_of_its_data_point(point: str, words: str, value: str) -> None:
    one = answered(point, words)
    assert (one.id, one.value) == (f"2025 {point}", value)
    assert kept(BEGUN, one).get("answer", one.id) == one


def test_a_data_point_is_called_by_its_name_in_either_language() -> None:
    for name in (points()["policy.env"].in_language(lang) for lang in ("en", "zh")):
        assert answered(name, "There is one").point == "policy.env"


def test_rows_follow_the_columns_of_the_data_point() -> None:
    assert [one.form for one in answer_columns("train.env_pct")] == ["number", "number"]
    assert [one.key for one in answer_columns("substance.list")][:2] == ["substance", "cas"]
    assert answer_columns("policy.env") == answer_columns("no.such") == ()
    share = answered("train.env_pct", rows="1,040 | 1,250")
    assert share.rows == (("1040", "1250"),)
    table = answered("substance.list", rows="Lead | 7439-92-1; Nickel")
    assert table.rows == (("Lead", "7439-92-1", "", "", ""), ("Nickel", "", "", "", ""))
    assert kept(BEGUN, table).get("answer", table.id) == table
    none = answered("substance.list", "none")
    assert kept(BEGUN, none).get("answer", none.id) == none


@pytest.mark.parametrize(
    ("point", "words", "field", "reason"),
    [
        ("check.G4", {"value": "many"}, "value", "many"),
        ("check.G2", {"value": "soon"}, "value", "soon"),
        ("train.env_pct", {"rows": "a few | 50"}, "rows", "Row 1"),
        ("train.env_pct", {"rows": "1 | 2 | 3"}, "rows", "has 3 cells"),
    ],
)
def test_what_cannot_be_read_is_said_at_once(point: str, words: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(FieldError, match=reason) as refused:
        answered(point, **words)
    assert refused.value.key == field


@pytest.mark.parametrize(
    ("point", "words", "field", "reason"),
    [
        ("ghg.s1", {"value": "5"}, "value", "nobody types it"),
        ("check.G1", {"value": "Perhaps"}, "value", "not in the list"),
        ("check.G4", {"value": "-1"}, "value", "below 0"),
        ("policy.env", {}, "value", "says nothing"),
        ("substance.list", {}, "value", "has no rows"),
        ("train.env_pct", {"rows": "60 | 50"}, "rows", "not larger than 100"),
    ],
)
def test_what_a_data_point_cannot_have_is_refused(point: str, words: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(FieldError, match=reason) as refused:
        adding(BEGUN, FORMS, answered(point, **words))
    assert refused.value.key == field
    assert refused.value.remedy is not None


def test_a_second_answer_of_the_year_is_a_change() -> None:
    one = answered("policy.env", "Policy of 2024")
    held = kept(BEGUN, one)
    with pytest.raises(FieldError, match="there already"):
        adding(held, FORMS, answered("policy.env", "Policy of 2025"))
    later = keeping(held, FORMS, replace(one, value="Policy of 2025"))
    assert [step.id for step in later.steps] == [one.id]
    assert removing(held, FORMS, "answer", [one.id]).steps[0].after is None
    with pytest.raises(FieldError, match="is not the id of"):
        adding(BEGUN, FORMS, replace(one, id="2025 other"))


def test_head_office_answers_for_itself_and_not_for_its_plants() -> None:
    office = Register()
    own = answered("policy.env", "Policy of the group", records=office)
    assert kept(office, own).get("answer", own.id) == own
    with pytest.raises(FieldError, match="reports of the plants"):
        adding(office, FORMS, answered("train.env_pct", records=office, rows="1 | 2"))


# ---------------------------------------------------------------------- questions


def decision(map_key: str, question: str, **words: Any) -> QuestionDecision:
    one = said("question_decision", year="2025", map=map_key, question=question, **words)
    assert isinstance(one, QuestionDecision)
    return one


def test_a_conditional_question_is_decided_with_its_reason() -> None:
    one = decision("cdp_2025", "3.5.2", applies="It does not apply", reason="No scheme", by="Li Na")
    assert (one.id, one.applies) == ("2025 cdp_2025 3.5.2", "no")
    assert kept(BEGUN, one).get("question_decision", one.id) == one
    title = title_of_record(BEGUN, FORMS, one).in_language("en")
    assert title == f"3.5.2 of {maps()['cdp_2025'].in_language('en')}, 2025"


@pytest.mark.parametrize(
    ("map_key", "question", "words", "field", "reason"),
    [
        ("cdp_2025", "7.6/1", {"applies": "no", "reason": "Not us"}, "applies", "is not conditional"),
        ("cdp_2025", "99", {"comment": "x"}, "question", "has no question"),
        ("no_such", "1", {"comment": "x"}, "map", "no disclosure map"),
        ("cdp_2025", "3.5.2", {"applies": "no"}, "reason", "reason is missing"),
    ],
)
def test_what_cannot_be_decided(map_key: str, question: str, words: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(FieldError, match=reason) as refused:
        adding(BEGUN, FORMS, decision(map_key, question, **words))
    assert refused.value.key == field


def test_a_comment_may_stand_beside_any_question() -> None:
    one = decision("cdp_2025", "7.6/1", comment="With the new boiler")
    assert kept(BEGUN, one).get("question_decision", one.id) == one


def test_an_own_question_may_begin_a_map_and_be_decided() -> None:
    own = said("own_question", map="customer_2025", code="Q-1", label="Lamps", requirement="Conditional")
    assert isinstance(own, OwnQuestion)
    held = kept(BEGUN, own)
    one = decision("customer_2025", "Q-1", applies="yes", reason="There are lamps")
    assert kept(held, one).get("question_decision", one.id) == one
    assert title_of_record(held, FORMS, own).in_language("en") == "Q-1 of customer_2025"


def test_an_own_question_decides_whether_a_shipped_one_is_conditional() -> None:
    own = said("own_question", map="cdp_2025", code="7.6/1", label="Scope 1", points="ghg.s1", requirement="cond")
    held = kept(BEGUN, own)
    one = decision("cdp_2025", "7.6/1", applies="no", reason="Not asked of us")
    assert kept(held, one).get("question_decision", one.id) == one


# ---------------------------------------------------------------------- handed in, audits by others


def test_what_was_handed_in_before_is_typed_and_then_stays() -> None:
    one = said(
        "submission", FILLED, map="cdp_2025", year="2024", day="2025-07-01", recipient="CDP",
        values="7.6/1 | ghg.s1 | 1200.5 | tCO2e; 1.7 | org.countries | | | China",
    )  # fmt: skip
    assert isinstance(one, Submission)
    assert one.values == (("7.6/1", "ghg.s1", "1200.5", "tCO2e"), ("1.7", "org.countries", "", "", "China"))
    held = kept(FILLED, one)
    assert one.id == "sb00002"
    confirmed = keeping(held, FORMS, replace(one, evidence=("e00001",), note="Confirmed"))
    assert len(confirmed.steps) == 1
    with pytest.raises(FieldError, match="stays as it was entered") as refused:
        keeping(held, FORMS, replace(one, values=(*one.values[:1],)))
    assert refused.value.key == "values"
    with pytest.raises(UserError, match="is not removed") as lasting:
        removing(held, FORMS, "submission", [one.id])
    assert "supersedes" in str(lasting.value.remedy)


def test_a_row_of_a_submission_says_question_and_data_point() -> None:
    with pytest.raises(FieldError, match="“Data point” is missing"):
        said("submission", map="cdp_2025", year="2024", day="2025-07-01", values="7.6/1 | | 5")


def test_findings_of_an_audit_have_days() -> None:
    one = said("external_audit", scheme="RBA VAP audit", name="VAP", day="2025-03-01", result="164/200",
               findings='"Working hours; overtime" | 2025-06 | ; Exit | 2025-04-01 | 2025-03-20')  # fmt: skip
    assert isinstance(one, ExternalAudit)
    assert one.scheme == "rba"
    assert one.findings == (("Working hours; overtime", "2025-06-01", ""), ("Exit", "2025-04-01", "2025-03-20"))
    assert one.day == date(2025, 3, 1)
    with pytest.raises(FieldError, match="Row 1, Due"):
        said("external_audit", scheme="rba", name="VAP", day="2025-03-01", findings="Exit | soon")


def test_ledger_and_register_take_the_same_records() -> None:
    decided = decision("cdp_2025", "3.5.2", applies="no", reason="None")
    for records in (Ledger(), Register()):
        own = said("own_question", records, map="cdp_2025", code="X1", label="X", requirement="must")
        assert kept(kept(records, decided), own).get("own_question", "oq00001") == own
