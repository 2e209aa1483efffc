"""Of every data point one value: derived, else answered, else missing; and which answers are refused."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosures.answering import GROUP, NONE, check_answer
from core.disclosures.catalogue import all_points
from core.disclosures.derived import all_derived, also_asked
from core.disclosures.known import Known
from core.disclosures.point import Point
from core.disclosures.value import PointValue
from core.disclosures.values import answered, last_day, own_values, values_of
from core.errors import UserError
from core.ledger import Answer, Evidence, Register
from tests.core.disclosures.plants import TODAY, bill, gathered, values

DAY = date(2024, 2, 1)
POINTS = all_points()
PROOF = Evidence("e1", "policy.pdf", "other", "0" * 64, 1)


def answer(point: str, value: str = "", year: int = 2023, **more: Any) -> Answer:
    return Answer(f"{year} {point}", point, year, more.pop("day", DAY), value, **more)


def read(point: str, *answers: Answer, year: int = 2023, today: date = TODAY) -> PointValue:
    return answered(POINTS[point], answers, year, today)


# ---------------------------------------------------------------------- order


def test_every_point_of_the_catalogue_has_one_value() -> None:
    found = values()
    assert list(found) == list(POINTS) and all(key == one.point for key, one in found.items())
    assert all(one.missing is not None or one.known for one in found.values())


def test_what_is_derived_is_not_replaced_by_what_somebody_typed() -> None:
    typed = answer("ghg.s1", "7")
    found = values(bill("gas", "stationary_combustion", "natural_gas", 5, "e4m3"), typed)["ghg.s1"]
    assert found.derived and found.value != 7
    assert values(typed)["ghg.s1"].missing is not None, "nor where the records say nothing"


def test_an_answer_counts_where_records_may_say_nothing() -> None:
    assert {"site.geo", "water.withdraw", "plan.transition"} <= also_asked() < set(all_derived())
    found = values(answer("site.geo", "40.8, 114.9", by="Bo"))["site.geo"]
    assert (found.value, found.derived) == ("40.8, 114.9", False)
    assert "Bo" in str(found.origins[0].words) and found.origins[0].ids == ("2023 site.geo",)


def test_a_question_of_the_checklist_is_answered_like_every_point() -> None:
    found = values(answer("check.G1", "yes", evidence=("e1",)), PROOF)["check.G1"]
    assert found.proven and found.origins[0].page == "checklist"


def test_missing_says_who_can_supply_it() -> None:
    assert "Human resources" in str(values()["policy.hr"].missing)
    assert answered(replace(POINTS["policy.hr"], who=None), (), 2023, TODAY).missing is not None


# ---------------------------------------------------------------------- time


def test_a_policy_holds_for_later_years_until_it_runs_out() -> None:
    policy = answer("policy.env", "Policy 3", year=2021, day=date(2022, 1, 31), evidence=("e1",))
    found = read("policy.env", policy)
    assert (found.value, found.valid_to, found.proven) == ("Policy 3", "2025-01-31", True), "36 months"
    assert read("policy.env", policy, today=date(2025, 2, 1)).expired
    assert read("policy.env", policy, year=2020).missing is not None, "no answer speaks of years before its own"
    ended = replace(policy, valid_to="2024-05-31")
    assert read("policy.env", ended).expired and not read("policy.env", ended).known


def test_a_number_is_of_its_own_year() -> None:
    assert read("griev.cases", answer("griev.cases", "4", year=2022)).missing is not None
    assert read("griev.cases", answer("griev.cases", "4")).value == 4


def test_a_table_lasts_only_where_somebody_said_until_when() -> None:
    roles = answer("gov.roles", year=2022, rows=(("climate", "Bo", "manager"),))
    assert read("gov.roles", roles).missing is not None
    assert read("gov.roles", replace(roles, valid_to="2025-12-31")).rows == roles.rows


def test_the_latest_answer_counts_whatever_the_order() -> None:
    first, second = answer("gov.board", "old", year=2021), answer("gov.board", "new", year=2023)
    assert read("gov.board", first, second).value == read("gov.board", second, first).value == "new"


def test_without_months_an_answer_holds_to_the_end_of_the_year_after_its_own() -> None:
    assert last_day(POINTS["gov.board"], answer("gov.board", "x")) == "2024-12-31"
    assert read("gov.board", answer("gov.board", "x"), today=date(2025, 1, 1)).expired


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(1, 120))
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    point = replace(POINTS["policy.env"], months=months)
    last = date.fromisoformat(last_day(point, answer("policy.env", "x", day=day)))
    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == months
    assert last.day == min(day.day, monthrange(last.year, last.month)[1])


def test_a_proof_that_ran_out_or_is_gone_proves_nothing() -> None:
    policy = answer("policy.env", "Policy 3", evidence=("e1", "e-gone"))
    assert values(policy, PROOF)["policy.env"].evidence == ("e1",)
    old = values(policy, replace(PROOF, valid_to="2024-05-31"))["policy.env"]
    assert old.known and not old.proven and old.evidence == ()


# ---------------------------------------------------------------------- form


def test_numbers_come_in_the_unit_of_the_point_and_money_in_its_currency() -> None:
    assert read("air.emissions", answer("air.emissions", rows=(("NOx", "5"),))).rows == (("NOx", "5"),)
    found = read("waste.haz", answer("waste.haz", "1500", unit="kg"))
    assert found.value == Decimal("1.5") and found.unit == "t"
    paid = read("action.capex", answer("action.capex", "7", unit="EUR"))
    assert paid.value == 7 and paid.unit == "EUR"


def test_a_share_is_divided_from_its_parts() -> None:
    found = read("train.env_pct", answer("train.env_pct", rows=(("600", "800"),)))
    assert found.value == 75 and found.parts == (Decimal(600), Decimal(800))
    whole = read("train.env_pct", answer("train.env_pct", "75"))
    assert whole.value == 75 and whole.parts is None


def test_a_table_may_be_known_to_be_empty() -> None:
    found = read("incident.env", answer("incident.env", NONE))
    assert found.known and found.rows == ()
    assert read("incident.env", answer("incident.env")).missing is not None


def test_a_statement_is_data_and_its_proof_is_evidence() -> None:
    said = read("policy.env", answer("policy.env", "Policy 3"))
    assert said.known and not said.proven
    attached = read("policy.env", answer("policy.env", evidence=("e1",)))
    assert attached.known and attached.proven
    assert read("policy.env", answer("policy.env")).missing is not None


@pytest.mark.parametrize(
    ("point", "value", "rows"),
    [
        ("griev.cases", "many", ()),
        ("train.env_pct", "", (("1", "0"),)),
        ("train.env_pct", "", (("1",),)),
        ("gov.board", " ", ()),
    ],
)
def test_an_answer_of_another_form_is_missing_and_stops_nothing(
    point: str, value: str, rows: tuple[tuple[str, ...], ...]
) -> None:
    found = read(point, answer(point, value, rows=rows))
    assert found.value is None and "2024" in str(found.missing)


# ---------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("point", "said", "words"),
    [
        ("ghg.s1", {"value": "7"}, "follows from the plant's records"),
        ("cert.iso14001", {"value": "yes"}, "follows from the plant's records"),
        ("griev.cases", {"value": "many"}, "is no number"),
        ("griev.cases", {"value": "-1"}, "below 0"),
        ("griev.cases", {"value": "1", "unit": "kg"}, "is no unit of"),
        ("griev.cases", {"value": "1", "rows": (("1",),)}, "is no table"),
        ("train.env_pct", {"value": "101"}, "not larger than 100"),
        ("train.env_pct", {"rows": (("9", "8"),)}, "not larger than 100"),
        ("train.env_pct", {"rows": (("1", "0"),)}, "nothing to divide by"),
        ("train.env_pct", {"rows": (("1", "2"),), "value": "50"}, "entered as two numbers"),
        ("train.env_pct", {"rows": (("1", "2"), ("1", "2"))}, "entered as two numbers"),
        ("gov.board", {"value": " "}, "is empty"),
        ("gov.board", {"value": "x" * 4001}, "longer than 4000"),
        ("policy.env", {}, "says nothing and proves nothing"),
        ("policy.env", {"value": "x", "valid_to": "soon"}, "is no day"),
        ("check.G1", {"value": "perhaps"}, "not in the list"),
        ("check.G2", {"value": "2024-02-30"}, "is no day"),
        ("gov.roles", {}, "has no rows"),
        ("gov.roles", {"rows": (("climate", "Bo"),)}, "has 2 cells"),
        ("gov.roles", {"rows": (("", " ", ""),)}, "Row 1 is empty"),
        ("air.emissions", {"rows": (("NOx", "much"),)}, "“much” is no number"),
        ("air.emissions", {"rows": (("NOx", "1"),) * 1001}, "more than 1000 rows"),
        ("waste.haz", {"value": "5", "unit": "MWh"}, "is no unit of"),
    ],
)
def test_answers_that_cannot_be_are_refused_in_words(point: str, said: Mapping[str, Any], words: str) -> None:
    with pytest.raises(UserError) as refused:
        check_answer(POINTS[point], answer(point, **said))
    assert words in str(refused.value.message) and refused.value.remedy is not None


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("griev.cases", {"value": "0"}), ("train.env_pct", {"value": "99.5"}),
        ("train.env_pct", {"rows": (("1", "2"),)}), ("policy.env", {"evidence": ("e1",)}),
        ("check.G1", {"value": "na"}), ("check.G2", {"value": "2024-02-29"}), ("gov.roles", {"value": NONE}),
        ("gov.roles", {"rows": (("climate", "Bo", ""),)}), ("site.geo", {"value": "1, 2"}),
        ("waste.haz", {"value": "5", "unit": "kg"}), ("water.withdraw", {"rows": (("well", "5"),)}),
    ],
)  # fmt: skip
def test_answers_that_can_be_are_read_back(point: str, said: Mapping[str, Any]) -> None:
    given_ = answer(point, **said)
    check_answer(POINTS[point], given_)
    assert read(point, given_).known


def test_a_currency_is_named() -> None:
    money = Point("x.money", POINTS["action.capex"].name, "currency", "number", "sum")
    with pytest.raises(UserError, match="currency is missing"):
        check_answer(money, answer("x.money", "5"))
    check_answer(money, answer("x.money", "5", unit="EUR"))


def test_head_office_answers_for_itself_and_types_nothing_that_plants_give() -> None:
    check_answer(POINTS["target.sbti"], answer("target.sbti", "committed"), GROUP)
    check_answer(POINTS["policy.env"], answer("policy.env", "Policy"), GROUP)
    for key in ("ghg.s1", "train.env_pct", "action.list", "griev.cases"):
        with pytest.raises(UserError, match="reports of the plants"):
            check_answer(POINTS[key], answer(key, "5"), GROUP)


def test_own_values_are_those_of_head_office_alone() -> None:
    held = Register.of(
        [answer("target.sbti", "committed"), answer("gov.board", "x", year=2025), answer("no.point", "x")]
    )
    found = own_values(held, 2023, TODAY)
    assert list(found) == ["target.sbti"] and found["target.sbti"].value == "committed"


def test_nothing_is_worked_out_twice() -> None:
    """What several data points rest on is remembered, and only for the same plant and year."""
    known = gathered(bill("gas", "stationary_combustion", "natural_gas", 5, "e4m3"))
    asked: list[Known] = []

    def work(one: Known) -> int:
        asked.append(one)
        return 7

    assert known.once("x", work) == known.once("x", work) == 7
    assert asked == [known] and values_of(known) == values_of(known)
    assert gathered().once("x", lambda _one: 9) == 9
