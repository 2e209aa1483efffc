"""What is handed in stays as it was; what moved since is said with its size."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosures.comparing import Compared, alike, compare
from core.disclosures.deciding import decision_id
from core.disclosures.readiness import readiness_of
from core.disclosures.submitting import freeze, standing, submitted, submitting, superseded
from core.disclosures.value import PointValue
from core.errors import UserError
from core.ledger import Ledger
from core.ledger.disclosures import QuestionDecision, Submission
from tests.core.disclosures.made import MAP, absent, answer, number, share, table

DAY = date(2026, 7, 1)
KNOWN = {
    "ghg.s1": number("ghg.s1", "1200.50", "e1"),
    "ghg.s2": absent("ghg.s2"),
    "policy.env": answer("policy.env", "yes", "e3", expired=True),
    "gov.board": answer("gov.board", "=Quarterly"),
    "action.list": table("action.list", ("LED", "1"), ("Heat pump", "20.5")),
    "energy.share": share("energy.share", 1, 3),
}


def frozen(values: dict[str, PointValue] = KNOWN, key: str = "sb00001", **more: object) -> Submission:
    said: dict[str, object] = {"by": "Li Na", "recipient": "CDP", "key": key, **more}
    return freeze(MAP, values, 2025, DAY, **said)  # type: ignore[arg-type]


def compared(values: dict[str, PointValue], old: dict[str, PointValue] | Submission, *decisions: QuestionDecision
             ) -> dict[tuple[str, str], Compared]:  # fmt: skip
    found = compare(readiness_of(MAP, values, decisions, 2025, "plant"), old)
    return {(one.question.id, one.point): one for one in found}


def no(question: str) -> QuestionDecision:
    return QuestionDecision(decision_id(2025, MAP.key, question), MAP.key, question, 2025, "no", "Not asked of us")


def test_rows_are_those_of_what_is_known_in_the_order_of_the_map() -> None:
    one = frozen(evidence=("e00007",), note="Portal closed early")
    assert one == Submission(
        "sb00001", "own_2025", "2025", 2025, DAY, "Li Na", "CDP",
        (
            ("1", "ghg.s1", "1200.5", "tCO2e"),
            ("2", "ghg.s1", "1200.5", "tCO2e"),
            ("3", "policy.env", "yes", ""),
            ("3.1", "gov.board", "=Quarterly", ""),
            ("4", "action.list", "", "", "LED", "1"),
            ("4", "action.list", "", "", "Heat pump", "20.5"),
            ("7", "energy.share", "33.333333333", "%"),
        ),
        ("e00007",), "Portal closed early",
    )  # fmt: skip


def test_what_does_not_apply_is_not_handed_in() -> None:
    assert not any(row[0] == "3.1" for row in frozen(decisions=[no("3.1")]).values)
    assert {row[0] for row in frozen(level="group").values} == {"1", "2", "3", "3.1", "4", "6"}


def test_nothing_cannot_be_handed_in() -> None:
    with pytest.raises(UserError, match="has an answer for 2025"):
        frozen({})


def test_a_submission_is_never_changed() -> None:
    one = frozen()
    ledger = Ledger().apply(submitting(Ledger(), one).steps)
    with pytest.raises(UserError, match="there already") as refused:
        submitting(ledger, replace(one, recipient="Somebody else"))
    assert "never changed" in str(refused.value.remedy)


def test_the_later_one_holds() -> None:
    first, second = frozen(), replace(frozen(key="sb00002"), day=date(2026, 9, 1))
    elsewhere = replace(frozen(key="sb00003"), recipient="Customer")
    held = (second, first, elsewhere)
    assert standing(held, "own_2025", 2025) == second
    assert standing(held, "own_2025", 2025, "Customer") == elsewhere
    assert standing(held, "own_2025", 2024) is None
    assert superseded(held) == {"sb00001"}
    assert superseded([first, frozen(key="sb00004")]) == {"sb00001"}  # the same day: the later id


def test_what_was_handed_in_is_read_back() -> None:
    back = submitted(frozen())
    assert back["1", "ghg.s1"] == PointValue("ghg.s1", Decimal("1200.5"), "tCO2e")
    assert back["4", "action.list"].rows == KNOWN["action.list"].rows
    assert back["3.1", "gov.board"].value == "=Quarterly"


def test_digits_that_are_no_number_stay_as_they_are() -> None:
    values = {**KNOWN, "gov.board": answer("gov.board", "007")}
    assert submitted(frozen(values))["3.1", "gov.board"].value == "007"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6))
def test_nothing_moves_between_handing_in_and_the_same_values(amount: Decimal) -> None:
    values = {**KNOWN, "ghg.s1": number("ghg.s1", amount)}
    for one in compared(values, frozen(values)).values():
        assert one.change in ("same", "none")
        assert not one.difference


def test_what_moved() -> None:
    now = {
        **KNOWN,
        "ghg.s1": number("ghg.s1", "900.375"),
        "ghg.s2": number("ghg.s2", 5),
        "gov.board": absent("gov.board"),
        "action.list": table("action.list", ("LED", "2"), ("Heat pump", "20.5")),
    }
    found = compared(now, frozen())
    moved = found["1", "ghg.s1"]
    assert (moved.change, moved.difference, moved.percent) == ("changed", Decimal("-300.125"), Decimal("-25"))
    assert found["2", "ghg.s2"].change == "new"
    assert found["3.1", "gov.board"].change == "gone"
    assert found["4", "action.list"].change == "changed"
    assert found["3", "policy.env"].change == "same"
    assert found["5", "target.set"].change == "none"


def test_two_years_by_data_point() -> None:
    last = {"ghg.s1": number("ghg.s1", 0), "gov.board": answer("gov.board", "Yearly")}
    said = QuestionDecision(decision_id(2025, MAP.key, "1"), MAP.key, "1", 2025, comment="A new boiler")
    found = compared(KNOWN, last, no("3.1"), said)
    moved = found["1", "ghg.s1"]
    assert (moved.difference, moved.percent, moved.reason) == (Decimal("1200.50"), None, "A new boiler")
    gone = found["3.1", "gov.board"]
    assert (gone.change, gone.reason) == ("gone", "Not asked of us")


def test_different_units_have_no_difference() -> None:
    found = compared(KNOWN, {"ghg.s1": number("ghg.s1", 1200, unit="kgCO2e")})["1", "ghg.s1"]
    assert (found.change, found.difference, found.percent) == ("changed", None, None)


def test_a_number_with_more_zeros_is_the_same() -> None:
    assert alike(number("ghg.s1", "5.0"), number("ghg.s1", "5"))
