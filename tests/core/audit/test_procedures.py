"""Applied sheets: what is kept of a test, who may test, and what is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.procedures import (
    AGREES,
    DIFFERS,
    HELP,
    NOT_POSSIBLE,
    PROCEDURES,
    Applied,
    Kept,
    applying,
    linked,
    result_of,
    sample_of,
    sheets_of,
    unraised,
    untested,
)
from core.errors import UserError
from core.ledger import Ledger, Sample, TestSheet
from tests.core.audit.finding_samples import WRONG, finding, inventory_of, ledger_of
from tests.core.samples import activity, month

DAY = date(2024, 3, 5)
REPORTED, NOTHING = Decimal(10000), Decimal(0)
SAMPLE = Sample("sa00001", 2023, "Electricity", "random", (), 2, "7", "0" * 64, (WRONG.id, "m05", WRONG.id))


def sheet(key: str, record: str = WRONG.id, **changes: Any) -> TestSheet:
    made = TestSheet(key, 2023, record, "traced", AGREES, "pe00002", DAY, reported=Decimal(1), found=Decimal(1))
    return replace(made, **changes)


def applied_to_march(ledger: Ledger, key: str = "te00001", authors: tuple[str, ...] = (), **said: Any) -> Kept:
    given_ = {"activity": WRONG.id, "procedure": "traced", "by": "pe00002", "day": DAY, **said}
    return applying(ledger, inventory_of(ledger), 2023, key, Applied(**given_), authors)


def test_a_bill_that_was_read_ten_times_too_high() -> None:
    found = applied_to_march(ledger_of(SAMPLE), found=Decimal(1000), evidence=("e00001", "e00001"), note=" comma ")
    assert found.sheet == TestSheet(
        "te00001", 2023, WRONG.id, "traced", DIFFERS, "pe00002", DAY, "sa00001",
        reported=Decimal(10000), found=Decimal(1000), effect=Decimal("5.8644"), evidence=("e00001",), note="comma",
    )  # fmt: skip
    assert found.effect.market == Decimal("5.4864"), "9 MWh at the market-based 0.6096"
    (step,) = found.steps
    assert (step.kind, step.id, step.before, step.after) == ("test", "te00001", None, found.sheet)
    assert str(found.why) == "Traced to the bill, Main meter: Differs"


def test_what_agrees_need_not_be_typed() -> None:
    for said in ({"result": AGREES}, {"found": Decimal("10000.0")}):
        found = applied_to_march(ledger_of(), **said).sheet
        assert (found.result, found.reported, found.found, found.effect) == (AGREES, REPORTED, REPORTED, NOTHING)
        assert found.sample == "", "it is in no sample"


def test_what_was_not_possible_says_why() -> None:
    found = applied_to_march(ledger_of(), result=NOT_POSSIBLE, note="The bill was lost.").sheet
    assert (found.found, found.effect, found.reported) == (None, None, REPORTED)
    with pytest.raises(UserError, match="note is missing"):
        applied_to_march(ledger_of(), result=NOT_POSSIBLE)
    with pytest.raises(UserError, match="so the test was possible"):
        applied_to_march(ledger_of(), result=NOT_POSSIBLE, note="lost", found=Decimal(1))


def test_an_interview_needs_a_note_and_may_know_no_value() -> None:
    with pytest.raises(UserError, match="note is missing"):
        applied_to_march(ledger_of(), procedure="interview", result=AGREES)
    found = applied_to_march(
        ledger_of(), procedure="interview", result=DIFFERS, note="Li Na: the comma was misread."
    ).sheet
    assert (found.result, found.found, found.effect) == (DIFFERS, None, NOTHING)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "value found is missing"),
        ({"result": DIFFERS}, "value found is missing"),
        ({"result": DIFFERS, "found": Decimal(10000)}, "contradicts"),
        ({"result": AGREES, "found": Decimal(9)}, "contradicts"),
        ({"found": Decimal(-1)}, "not a quantity"),
        ({"found": Decimal("NaN")}, "not a quantity"),
        ({"procedure": "guessed", "found": Decimal(1)}, "Unknown procedure"),
        ({"result": "perhaps", "found": Decimal(1)}, "Unknown procedure or result"),
        ({"procedure": "rekeyed", "found": Decimal(1)}, "way of its own"),
        ({"found": Decimal(1), "note": "x" * 2001}, "longer than"),
        ({"activity": "a9", "found": Decimal(1)}, "does not exist"),
        ({"activity": "old", "found": Decimal(1)}, "does not touch 2023"),
        ({"found": Decimal(1), "evidence": ("e9",)}, "does not exist"),
        ({"found": Decimal(1), "sample": "sa9"}, "does not exist"),
        ({"found": Decimal(1), "by": "pe00004"}, "it takes an auditor"),
        ({"found": Decimal(1), "by": "pe9"}, "not one of the people"),
        ({"found": Decimal(1), "authors": ("Wang Wei",)}, "cannot test it"),
    ],
)
def test_what_is_refused(said: dict[str, Any], words: str) -> None:
    ledger = ledger_of(activity("old", **month(3, 2021)))
    with pytest.raises(UserError, match=words) as caught:
        applied_to_march(ledger, **said)
    assert caught.value.remedy is not None


def test_nobody_tests_what_nobody_audits() -> None:
    ledger = ledger_of()
    without = Ledger({**ledger.records, "engagement": {}})
    with pytest.raises(UserError, match="Nobody audits 2023"):
        applied_to_march(without, found=Decimal(1))


def test_every_procedure_is_explained() -> None:
    assert HELP.keys() == PROCEDURES.keys()


@given(st.decimals(0, 10**9, places=3, allow_nan=False), st.decimals(0, 10**9, places=3, allow_nan=False))
def test_the_reported_value_is_that_of_the_record(reported: Decimal, found: Decimal) -> None:
    ledger = ledger_of(replace(WRONG, quantity=reported))
    kept = applied_to_march(ledger, found=found).sheet
    assert kept.reported == reported
    assert kept.found == found
    assert kept.result == (AGREES if reported == found else DIFFERS)
    assert kept.effect is not None
    assert (kept.effect > 0) == (reported > found) or abs(kept.effect) < Decimal("1e-6")


# ---------------------------------------------------------------------- what is open


def test_each_item_of_a_sample_is_open_until_it_was_tested() -> None:
    assert untested(ledger_of(SAMPLE), 2023) == (("sa00001", WRONG.id), ("sa00001", "m05"))
    assert untested(ledger_of(SAMPLE, sheet("te00001")), 2023) == (("sa00001", "m05"),)
    assert untested(ledger_of(SAMPLE, sheet("te00001"), sheet("te00002", "m05", result=DIFFERS)), 2023) == ()
    assert untested(ledger_of(SAMPLE), 2022) == ()


def test_an_interview_alone_settles_nothing_and_the_impossible_is_settled() -> None:
    asked = sheet("te00001", procedure="interview", note="asked")
    assert ("sa00001", WRONG.id) in untested(ledger_of(SAMPLE, asked), 2023)
    found = replace(asked, finding="fi00001")
    assert ("sa00001", WRONG.id) not in untested(ledger_of(SAMPLE, found, finding()), 2023)
    lost = sheet("te00001", result=NOT_POSSIBLE, note="lost")
    assert ("sa00001", WRONG.id) not in untested(ledger_of(SAMPLE, lost), 2023)


def test_a_test_counts_for_every_sample_and_a_deleted_record_cannot_be_tested() -> None:
    second = replace(SAMPLE, id="sa00002", activities=(WRONG.id, "gone"))
    assert untested(ledger_of(SAMPLE, second, sheet("te00001"), sheet("te00002", "m05")), 2023) == ()
    assert sample_of(ledger_of(SAMPLE, second), 2023, WRONG.id) == "sa00002", "the last one drawn"
    assert sample_of(ledger_of(SAMPLE, second), 2023, "m07") == ""


def test_two_persons_two_sheets() -> None:
    ledger = ledger_of(SAMPLE, sheet("te00001"), sheet("te00002", by="pe00003", result=DIFFERS))
    assert [one.by for one in sheets_of(ledger, 2023, WRONG.id)] == ["pe00002", "pe00003"]
    assert result_of(sheets_of(ledger, 2023, WRONG.id)) == DIFFERS, "a difference weighs more"
    assert result_of(sheets_of(ledger, 2023, "m05")) == ""
    assert sheets_of(ledger, 2022) == ()


def test_differences_of_which_nobody_made_a_finding() -> None:
    wrong = sheet("te00001", result=DIFFERS, effect=Decimal(2))
    again = sheet("te00002", by="pe00003", result=DIFFERS, effect=Decimal(3))
    assert unraised(ledger_of(wrong, again, sheet("te00003", "m05", effect=NOTHING)), 2023) == (again,)
    assert unraised(ledger_of(wrong, replace(again, result=AGREES, effect=NOTHING)), 2023) == (), (
        "settled by the second"
    )
    assert unraised(ledger_of(replace(wrong, finding="fi00001"), again, finding()), 2023) == ()


def test_a_finding_names_the_sheets_it_came_of() -> None:
    ledger = ledger_of(sheet("te00001"), sheet("te00002", finding="fi00001"), finding())
    steps = linked(ledger, ("te00001", "te00002", "te00001"), "fi00001")
    assert [(one.id, getattr(one.after, "finding", "")) for one in steps] == [("te00001", "fi00001")]
    with pytest.raises(UserError, match="another finding"):
        linked(ledger, ("te00002",), "fi00002")
    withdrawn = ledger_of(sheet("te00002", finding="fi00001"), finding(status="withdrawn"))
    assert len(linked(withdrawn, ("te00002",), "fi00002")) == 1
    with pytest.raises(UserError, match="does not exist"):
        linked(ledger, ("te9",), "fi00001")
