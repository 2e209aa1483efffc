"""Most tonnes for a budget."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.actions import Option, combined, pick, select
from core.actions import choosing as room
from core.actions.choosing import greedy
from core.actions.effect import exclude_each_other
from core.ledger import Action
from tests.core.actions.plans import BASELINE, NOW, ZERO, action, d, in_tonnes, plans


def option(key: str, cost: int, worth: int, *excludes: str) -> Option:
    return Option(key, Decimal(cost), Decimal(worth), frozenset(excludes))


def best(budget: Decimal, options: list[Option]) -> Decimal:
    """All choices tried."""
    found = ZERO
    for count in range(len(options) + 1):
        for some in combinations(options, count):
            keys = {one.key for one in some}
            if sum((one.cost for one in some), ZERO) <= budget and not any(one.excludes & keys for one in some):
                found = max(found, sum((one.worth for one in some), ZERO))
    return found


@st.composite
def options(draw: st.DrawFn) -> list[Option]:
    count = draw(st.integers(0, 9))
    return [
        Option(
            f"o{number}",
            draw(st.decimals(0, 50, places=1)),
            draw(st.decimals(0, 30, places=1)),
            frozenset(f"o{other}" for other in draw(st.sets(st.integers(0, 9), max_size=2)) if other != number),
        )
        for number in range(count)
    ]


BUDGETS = st.decimals(0, 200, places=1)


@settings(max_examples=150)
@given(BUDGETS, options())
def test_it_is_the_best_of_all_choices(budget: Decimal, made: list[Option]) -> None:
    found = pick(budget, made)
    chosen = [one for one in made if one.key in found.keys]
    assert found.exact and found.worth == found.bound == best(budget, made)
    assert sum((one.worth for one in chosen), ZERO) == found.worth
    assert sum((one.cost for one in chosen), ZERO) <= budget
    assert not any(one.excludes & set(found.keys) for one in chosen)


@given(BUDGETS, options())
def test_never_less_than_greedy_and_greedy_never_above_the_budget(budget: Decimal, made: list[Option]) -> None:
    plain = greedy(budget, made)
    assert sum((one.cost for one in plain), ZERO) <= budget
    assert pick(budget, made).worth >= sum((one.worth for one in plain), ZERO)


@given(BUDGETS, BUDGETS, options())
def test_more_money_is_never_worth_less(one: Decimal, other: Decimal, made: list[Option]) -> None:
    less, more = sorted((one, other))
    assert pick(less, made).worth <= pick(more, made).worth


@given(BUDGETS, options(), st.integers())
def test_the_order_of_options_does_not_matter(budget: Decimal, made: list[Option], seed: int) -> None:
    other = list(made)
    Random(seed).shuffle(other)
    assert pick(budget, other) == pick(budget, made)


def test_greedy_is_not_enough() -> None:
    goods = [option("a", 6, 9), option("b", 5, 7), option("c", 5, 7)]
    assert [one.key for one in greedy(Decimal(10), goods)] == ["a"]
    assert pick(Decimal(10), goods).keys == ("b", "c")


def test_one_large_one_can_be_worth_more_than_many_small_ones() -> None:
    assert [one.key for one in greedy(Decimal(100), [option("s", 1, 2), option("l", 100, 100)])] == ["l"]


def test_exclusions_hold_whoever_states_them() -> None:
    goods = [option("a", 1, 5, "b"), option("b", 1, 6), option("c", 1, 1)]
    assert pick(Decimal(3), goods).keys == ("b", "c")


def test_sixty_options_are_exact() -> None:
    chance = Random(7)
    goods = [option(f"{n:02}", chance.randint(1000, 99_999), chance.randint(1, 5000)) for n in range(60)]
    found = pick(sum((one.cost for one in goods), ZERO) / 3, goods)
    assert found.exact and found.worth == found.bound


def test_beyond_sixty_the_bound_is_told() -> None:
    goods = [option(f"{n:02}", 10, 7 + n % 3) for n in range(61)]
    found = pick(Decimal(305), goods)
    assert not found.exact and found.worth < found.bound
    assert len(found.keys) == 30  # the thirty-first would fit by half
    whole = pick(Decimal(610), goods)
    assert whole.exact and whole.worth == whole.bound  # all of them: nothing is more


def test_a_search_that_takes_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "STEPS", 3)
    found = pick(Decimal(10), [option("a", 6, 9), option("b", 5, 7), option("c", 5, 7)])
    assert not found.exact and found.worth == 9 < found.bound


def test_no_money_takes_what_costs_nothing() -> None:
    assert pick(ZERO, [option("free", 0, 3), option("a", 1, 9)]).keys == ("free",)
    assert pick(Decimal(-1), [option("free", 0, 3)]).keys == ()
    assert pick(Decimal(5), [option("useless", 1, 0)]).keys == ()


# ---------------------------------------------------------------------- actions


def test_selection_of_actions() -> None:
    led = action("led", source="Office", energy=20_000, capex=50_000, currency="CNY")  # 12 t
    pump = in_tonnes("pump", 100, capex=90_000, currency="CNY", status="idea")
    truck = in_tonnes("truck", 30, part="scope3:4", source="", capex=30_000, currency="CNY", status="planned")
    found = select(Decimal(130_000), [led, pump, truck], BASELINE, NOW, 2030)
    assert [one.id for one in found.chosen] == ["pump", "truck"]
    assert (found.tonnes, found.cost, found.left, found.exact) == (*d(130, 120_000, 10_000), True)
    assert found.currency == "CNY" and found.bound == 130


def test_what_runs_is_there_already() -> None:
    old = action("old", source="Hall", energy=500_000, status="running", capex=10**6, currency="CNY", excludes=("bad",))
    new = action("new", source="Hall", energy=200_000, capex=10, currency="CNY")
    bad = action("bad", source="Hall", energy=900_000, capex=1, currency="CNY")
    found = select(Decimal(100), [old, new, bad], BASELINE, NOW, 2030)
    assert [one.id for one in found.chosen] == ["new"]
    assert found.tonnes == 60  # a fifth of the half that is left
    assert found.bound == 120  # alone


def test_it_says_how_interactions_were_treated() -> None:
    found = select(Decimal(1), [], BASELINE, NOW, 2030)
    assert found.chosen == () and found.tonnes == 0 and "alone" in str(found.notes[0])


def test_it_says_when_it_is_not_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST", 1)
    made = [in_tonnes(key, t, capex=c, currency="CNY") for key, t, c in (("a", 9, 6), ("b", 7, 5), ("c", 7, 5))]
    found = select(Decimal(10), made, BASELINE, NOW, 2030)
    assert not found.exact and str(found.notes[1]) == (
        "Too many options to try them all: this choice saves 9 t alone, none more than 14.6 t."
    )


def test_market_view_at_100_percent_chooses_no_electricity() -> None:
    green = NOW.__class__(2024, now=Decimal(100))
    led = action("led", source="Office", capex=5, currency="CNY")
    clean = BASELINE.__class__(
        2024, tuple(one if one.part != "scope2" else one.__class__(*one.key, one.location, ZERO, one.kwh, one.electric)
                    for one in BASELINE.cells),
    )  # fmt: skip
    assert select(Decimal(10), [led], clean, green, 2030, "market").chosen == ()
    assert select(Decimal(10), [led], clean, green, 2030, "location").chosen == (led,)


@settings(max_examples=40)
@given(plans(), st.decimals(0, 10**6, places=0))
def test_never_above_the_budget_and_possible_together(made: list[Action], budget: Decimal) -> None:
    found = select(budget, made, BASELINE, NOW, 2030)
    assert found.cost <= budget and found.left == budget - found.cost >= 0
    assert not any(exclude_each_other(one, other) for one in found.chosen for other in found.chosen)
    assert all(one.status in ("idea", "planned", "approved") for one in found.chosen)
    given_ones = [one for one in made if one.status in ("running", "done")]
    before = combined(given_ones, BASELINE, NOW, 2030).location
    assert found.tonnes == combined([*given_ones, *found.chosen], BASELINE, NOW, 2030).location - before
