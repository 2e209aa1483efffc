"""Initial plus what findings changed is what is verified, exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.audit.corrected import compared, effect_removed, initial_inventory
from core.inventory import choices_of, compile_inventory
from core.ledger import Activity, Audit, Correction, Ledger, OwnFactor, Record, Step, corrections_in, folded
from core.library import load_library
from tests.core.audit.finding_samples import (
    NOW,
    RIGHT,
    WRONG,
    change_of,
    corrected_by,
    finding,
    inventory_of,
    ledger_of,
)
from tests.core.samples import QUANTITIES, activities, ledgers

MARCH = ("m03:location", "m03:market")


def test_the_lines_of_a_corrected_bill_say_what_they_were_and_why() -> None:
    ledger, corrections = corrected_by(ledger_of(finding()), (RIGHT, "fi00001"))
    found = compared(ledger, inventory_of(ledger), corrections)
    assert tuple(one.line for one in found.lines) == MARCH
    one = found.lines[0]
    assert (one.initial, one.verified, one.difference) == (Decimal("6.516"), Decimal("0.6516"), Decimal("-5.8644"))
    assert (one.findings, one.who, one.when, one.activity) == (("fi00001",), ("Li Na",), NOW, RIGHT)
    assert found.initial["scope2_location"] == Decimal("13.6836")
    assert found.differences["scope2_location"] == Decimal("-5.8644")


def test_without_corrections_nothing_differs() -> None:
    ledger = ledger_of(finding())
    found = compared(ledger, inventory_of(ledger), ())
    assert (found.lines, found.initial) == ((), found.verified)


def test_a_record_taken_away_or_added_counts_as_zero_on_the_other_side() -> None:
    ledger = ledger_of(finding())
    step = Step("activity", WRONG.id, WRONG, None)
    change = replace(
        change_of(ledger, RIGHT, "fi00001"), steps=(step, Step("activity", "n1", None, replace(RIGHT, id="n1")))
    )
    ledger = ledger.apply(change.steps)
    found = compared(ledger, inventory_of(ledger), corrections_in(5, change))
    assert [(o.line, o.initial, o.verified) for o in found.lines if o.scope == "scope2_location"] == [
        ("m03:location", Decimal("6.516"), Decimal(0)),
        ("n1:location", Decimal(0), Decimal("0.6516")),
    ]


def test_later_changes_for_their_own_sake_and_those_of_other_years_are_no_corrections() -> None:
    ledger = ledger_of(finding(), finding("fi00002", year=2022))
    other = ledger.activities[0]
    ledger, corrections = corrected_by(
        ledger,
        (RIGHT, "fi00001"),
        (replace(other, quantity=Decimal(5)), ""),
        (replace(ledger.activities[1], quantity=Decimal(7)), "fi00002"),
    )
    found = compared(ledger, inventory_of(ledger), corrections)
    assert tuple(one.line for one in found.lines) == MARCH


def test_a_corrected_factor_explains_the_lines_that_used_it() -> None:
    own = OwnFactor(
        "f00001",
        "Contract",
        "supplier",
        "Utility",
        "C-1",
        "p. 1",
        "electricity",
        "supplier",
        "kg/kWh",
        (("CO2", "0.5"),),
        date(2023, 1, 1),
        date(2023, 12, 31),
        "e00001",
        general=False,
    )
    named = replace(WRONG, parameters=(("factor", "f00001"),))
    ledger = ledger_of(finding()).apply([Step("activity", WRONG.id, WRONG, named), Step("factor", own.id, None, own)])
    ledger, corrections = corrected_by(ledger, (replace(own, amounts=(("CO2", "0.4"),)), "fi00001"))
    found = compared(ledger, inventory_of(ledger), corrections)
    assert [(o.line, o.difference, o.findings) for o in found.lines] == [("m03:market", Decimal(-1), ("fi00001",))]


def test_each_finding_took_away_what_lies_between_it_and_the_next() -> None:
    first, second = finding(), finding("fi00002")
    half = replace(WRONG, quantity=Decimal(4000))
    ledger, corrections = corrected_by(ledger_of(first, second), (half, "fi00001"), (RIGHT, "fi00002"))
    inventory = inventory_of(ledger)
    removed = [effect_removed(ledger, inventory, corrections, one).location for one in (first, second)]
    assert removed == [Decimal("3.9096"), Decimal("1.9548")]
    whole = compared(ledger, inventory, corrections)
    assert sum(removed) == -whole.differences["scope2_location"]
    assert whole.lines[0].findings == ("fi00001", "fi00002")


def test_a_line_that_follows_from_two_records_is_explained_by_the_other_too() -> None:
    roof = replace(WRONG, id="s01", method="solar_generation", item="solar_generated", unit="kWh", parameters=())
    before = ledger_of(finding()).apply([Step("activity", roof.id, None, roof)])
    used = replace(roof, id="s02", item="solar_self_used", quantity=roof.quantity / 4)
    now, corrections = corrected_by(before, (used, "fi00001"))
    lines = compared(now, inventory_of(now), corrections).lines
    assert "s01:solar_fed_in" in {one.line for one in lines}
    assert {one.findings for one in lines} == {("fi00001",)}


@st.composite
def corrected_plants(draw: st.DrawFn) -> tuple[Ledger, Audit, Ledger, tuple[Correction, ...]]:
    """A plant, its audit, and what findings made of it."""
    before, audit = draw(ledgers())
    before = Ledger({**before.records, "finding": {"fi00001": finding(activities=(), evidence=(), owner="")}})
    now = before
    found: tuple[Correction, ...] = ()
    for number in range(draw(st.integers(0, 5))):
        step = draw(steps(now, number))
        change = replace(change_of(now, audit, "fi00001"), steps=(step,))
        now = now.apply(change.steps)
        found = (*found, *corrections_in(number + 2, change))
    return before, audit, now, folded(found, now)


@st.composite
def steps(draw: st.DrawFn, ledger: Ledger, number: int) -> Step:
    held = ledger.activities
    if not held or draw(st.integers(0, 3)) == 0:
        made: Activity = draw(activities(f"n{number}"))
        return Step("activity", made.id, None, made)
    one = draw(st.sampled_from(held))
    after: Record | None = None if draw(st.booleans()) else replace(one, quantity=draw(QUANTITIES))
    return Step("activity", one.id, one, after)


@settings(max_examples=60, deadline=None)
@given(corrected_plants())
def test_initial_and_differences_are_verified_exactly(
    drawn: tuple[Ledger, Audit, Ledger, tuple[Correction, ...]],
) -> None:
    before, audit, now, corrections = drawn
    inventory = compile_inventory(now, choices_of(audit, 2023), load_library())
    found = compared(now, inventory, corrections)
    as_before = compile_inventory(before, choices_of(audit, 2023), load_library())
    assert found.initial == as_before.totals.scopes
    assert {scope: found.initial[scope] + t for scope, t in found.differences.items()} == found.verified
    assert initial_inventory(now, inventory, corrections).lines == as_before.lines
    assert all(one.findings for one in found.lines)


def test_a_finding_that_corrected_nothing_took_nothing_away() -> None:
    ledger = ledger_of(finding())
    assert effect_removed(ledger, inventory_of(ledger), (), finding()).governing == 0
