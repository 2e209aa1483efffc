"""Actions over time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actions import STATUS_TITLES, timeline_of
from core.actions.ramp import last_day
from core.actions.timeline import STATES, rows_of, state_of
from core.ledger import Action, ActionArea, Ledger, Milestone
from tests.core.actions.plans import action, plans
from tests.core.samples import PLANT

TODAY = date(2026, 4, 1)
ORDER = Milestone("m1", "a", "Order", date(2024, 6, 30), done="2024-07-15")
START = Milestone("m2", "a", "Start", date(2026, 3, 31))
REVIEW = Milestone("m3", "a", "Review", date(2036, 1, 1))


@pytest.mark.parametrize(
    ("today", "state"), [(date(2026, 3, 30), "due"), (date(2026, 3, 31), "due"), (date(2026, 4, 1), "late")]
)
def test_a_milestone_is_late_after_its_day(today: date, state: str) -> None:
    assert state_of(START, today) == state
    assert state_of(ORDER, today) == "done"


def test_one_row() -> None:
    plan = action(start=date(2025, 7, 1), life=5, ramp=(("1", "50"), ("2", "75")))
    (row,) = timeline_of(Ledger.of([PLANT, plan, START, REVIEW, ORDER]), TODAY).rows
    assert (row.begin, row.start, row.full, row.end) == (
        date(2024, 7, 15), date(2025, 7, 1), date(2027, 7, 1), date(2030, 6, 30),
    )  # fmt: skip
    assert [(mark.milestone.id, mark.state, mark.day) for mark in row.marks] == [
        ("m1", "done", date(2024, 7, 15)), ("m2", "late", date(2026, 3, 31)), ("m3", "due", date(2036, 1, 1)),
    ]  # fmt: skip
    assert row.late and row.reached is not None and round(row.reached, 2) == Decimal("33.33")


def test_a_row_without_milestones() -> None:
    (row,) = rows_of([action()], [], [], TODAY).rows
    assert (row.marks, row.reached, row.late, row.begin) == ((), None, False, date(2025, 1, 1))


def test_the_span_of_the_picture() -> None:
    found = rows_of([action(), action("b", start=date(2027, 1, 1))], [ORDER, REVIEW], [], TODAY)
    assert (found.first, found.last) == (date(2024, 7, 15), date(2036, 12, 31))
    assert rows_of([], [], [], TODAY).first is None and rows_of([], [], [], TODAY).last is None
    assert rows_of([action(life=1)], [REVIEW], [], TODAY).last == date(2036, 1, 1)


def test_by_area_start_and_id() -> None:
    made = [
        action("p", area="products"), action("x", area="nowhere"), action("o", area="own"), action("b"),
        action("a", start=date(2026, 1, 1)), action("g", area="governance"),
    ]  # fmt: skip
    found = rows_of(made, [], [ActionArea("own", "Own"), ActionArea("products", "Doors")], TODAY)
    assert [row.action.id for row in found.rows] == ["g", "b", "a", "p", "o", "x"]
    assert str(found.rows[3].area.name) == "Doors" and "nowhere" in str(found.rows[5].area.name)


def test_an_odd_date_of_reaching_is_the_date_it_was_due() -> None:
    odd = Milestone("m", "a", "Order", date(2026, 1, 1), done="soon")
    (row,) = rows_of([action()], [odd], [], TODAY).rows
    assert (row.marks[0].state, row.marks[0].day) == ("done", date(2026, 1, 1))


def test_no_life_is_drawn_as_one_day() -> None:
    (row,) = rows_of([action(life=0)], [], [], TODAY).rows
    assert row.start == row.end == row.full


@given(plans(), st.dates(date(2019, 1, 1), date(2060, 1, 1)))
def test_rows_are_in_order_of_time(made: list[Action], today: date) -> None:
    found = rows_of(made, [], [], today)
    assert len(found.rows) == len(made)
    for row in found.rows:
        assert row.begin <= row.start <= row.full <= row.end == last_day(row.action)


def test_every_state_has_a_name() -> None:
    assert set(STATES) == {"done", "late", "due"}
    assert list(STATUS_TITLES) == ["idea", "planned", "approved", "running", "done", "stopped"]
