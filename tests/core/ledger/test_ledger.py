"""A ledger is a value: changes give a new one, and a change made on something else is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.errors import UserError
from core.ledger import Closing, Engagement, Ledger, Plant, Step
from core.ledger.changes import inverse
from tests.core.samples import PLANT, activity

A, B = activity("a"), activity("b")
LEDGER = Ledger.of([PLANT, A])


def test_add_change_and_remove() -> None:
    added = LEDGER.apply([Step("activity", "b", None, B)])
    assert added.activities == (A, B)
    changed = added.apply([Step("activity", "a", A, replace(A, source="Hall 2"))])
    assert changed.activities[0].source == "Hall 2"
    assert changed.apply([Step("activity", "b", B, None)]).activities == (replace(A, source="Hall 2"),)


def test_the_old_ledger_stays() -> None:
    LEDGER.apply([Step("activity", "a", A, None), Step("activity", "b", None, B)])
    assert Ledger.of([PLANT, A]) == LEDGER


@pytest.mark.parametrize(
    "step",
    [
        Step("activity", "a", None, B),
        Step("activity", "a", None, A),
        Step("activity", "a", replace(A, source="x"), A),
        Step("activity", "a", replace(A, source="x"), None),
        Step("activity", "b", B, None),
        Step("activity", "b", A, B),
        Step("weighbridge", "b", None, B),
    ],
    ids=["other", "again", "stale", "stale delete", "gone", "wrong", "kind"],
)
def test_conflicts_are_refused_as_a_whole(step: Step) -> None:
    with pytest.raises(UserError):
        LEDGER.apply([Step("activity", "c", None, activity("c")), step])
    assert Ledger.of([PLANT, A]) == LEDGER


def test_steps_see_each_other() -> None:
    steps = (Step("activity", "b", None, B), Step("activity", "b", B, replace(B, unit="MWh")))
    assert LEDGER.apply(steps).apply(inverse(steps)) == LEDGER


@pytest.mark.parametrize("step", [Step("activity", "b", None, activity("c")), Step("audit", "b", None, B)])
def test_a_record_is_filed_under_its_own_name(step: Step) -> None:
    with pytest.raises(ValueError, match="is not"):
        LEDGER.apply([step])


def test_a_step_of_nothing_changes_nothing() -> None:
    assert LEDGER.apply([Step("activity", "z", None, None)]) == LEDGER


def test_a_ledger_without_plant_says_so() -> None:
    with pytest.raises(UserError, match="describes no plant"):
        Ledger.of([A]).plant  # noqa: B018
    assert Ledger.of([Plant("P", "CN")]).plant.country == "CN"


def test_audit_of_a_year() -> None:
    assert LEDGER.audit(2023) is None


def test_a_closing_holds_unless_an_audit_of_the_year_is_under_way() -> None:
    closing = Closing("2024", "0" * 64, 1, 1, date(2025, 2, 1), "Verified")
    open_again = Engagement("2024", "Client", "Site", "Verify", "All", state="reopened")
    done = replace(open_again, state="concluded")
    assert Ledger.of([closing]).closing(2024) == closing
    assert Ledger.of([closing, done]).closing(2024) == closing
    again = Ledger.of([closing, open_again])
    assert again.closing(2024) is None
    assert again.last_closing(2024) == closing
