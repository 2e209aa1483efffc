"""What actions save alone and together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.actions import Ahead, combined, effect_of, effects, taking_part
from core.actions.effect import exclude_each_other, fraction, full, reached, share_out
from core.actions.ramp import part_in
from core.ledger import Action
from tests.core.actions.plans import AMOUNTS, BASELINE, NOW, ONE, ZERO, action, actions, aheads, d, in_tonnes, plans

YEARS = st.integers(2024, 2045)


# ---------------------------------------------------------------------- alone


def test_energy_times_the_implied_factor() -> None:
    found = effect_of(action(), 2026, BASELINE, NOW)
    assert found.kwh == 100_000
    # 660 t and 440 t over 1,100,000 kWh
    assert (found.location, found.market) == d(60, 40)


def test_one_source_has_its_own_factor() -> None:
    gas = action(part="scope1", item="natural_gas", source="Boiler")
    found = effect_of(gas, 2026, BASELINE, NOW)
    assert (found.kwh, found.location, found.market) == d(100_000, 20, 20)


def test_the_first_year_counts_by_days() -> None:
    found = effect_of(action(start=date(2025, 7, 2)), 2025, BASELINE, NOW)
    assert found.location == pytest.approx(Decimal(60) * 183 / 365)


def test_a_ramp_and_a_falling_grid() -> None:
    slow = action(ramp=(("1", "50"),))
    way = Ahead(2024, Decimal(10))
    found = effects(slow, BASELINE, way, 2050)
    assert [one.year for one in found] == list(range(2025, 2035))
    assert [str(one.location.normalize()) for one in found[:3]] == ["27", "48.6", "43.74"]
    assert [one.market for one in found[:3]] == [20, 40, 40]  # its factor does not follow the grid


def test_market_based_tonnes_vanish_at_100_percent() -> None:
    way = Ahead(2024, share=((2024, ZERO), (2026, Decimal(50)), (2028, Decimal(100))))
    found = {one.year: one for one in effects(action(), BASELINE, way, 2029)}
    assert [found[year].market for year in (2026, 2028, 2029)] == [20, 0, 0]
    assert all(one.location == 60 for one in found.values())


def test_other_electricity_changes_the_market_based_view_alone() -> None:
    found = effect_of(action(part="scope2_market"), 2026, BASELINE, NOW)
    assert (found.kwh, found.location, found.market) == d(100_000, 0, 40)
    found = effect_of(in_tonnes(part="scope2_market", source="Hall", tonnes=100), 2026, BASELINE, NOW)
    assert (found.location, found.market) == d(0, 100)


def test_tonnes_are_tonnes() -> None:
    assert effect_of(in_tonnes(tonnes=30), 2026, BASELINE, NOW).location == 30
    lorries = in_tonnes(part="scope3:4", source="", tonnes=12)
    assert effect_of(lorries, 2026, BASELINE, NOW).market == 12


def test_tonnes_of_electricity_fall_with_the_grid_too() -> None:
    found = effect_of(
        in_tonnes(part="scope2_location", source="Hall", tonnes=60), 2026, BASELINE, Ahead(2024, Decimal(50))
    )
    assert (found.location, found.market) == d(15, 40)


def test_never_more_than_there_is() -> None:
    found = effect_of(action(energy=10**9), 2026, BASELINE, NOW)
    assert (found.kwh, found.location, found.market) == d(1_100_000, 660, 440)


def test_what_works_on_nothing_saves_nothing() -> None:
    for plan in (action(source="Nowhere"), action(item="", energy=5), in_tonnes(part="scope1", source="Hall")):
        found = effect_of(plan, 2026, BASELINE, NOW)
        assert (found.kwh, found.location, found.market) == d(0, 0, 0)


def test_energy_counts_only_where_energy_is_known() -> None:
    leak = action(part="scope1", source="Cooling", item="R-410A")
    assert reached(leak, BASELINE) == () and effect_of(leak, 2026, BASELINE, NOW).location == 0


def test_need_that_has_grown_makes_the_part_smaller() -> None:
    plan = action(source="Hall")
    cells = reached(plan, BASELINE)
    assert fraction(plan, cells, ONE) == Decimal("0.1")
    assert fraction(plan, cells, ONE, lambda _: Decimal(2)) == Decimal("0.05")
    assert fraction(plan, cells, ZERO) == 0 and fraction(plan, cells, ONE, lambda _: ZERO) == 0


# ---------------------------------------------------------------------- together


def test_two_on_one_source_multiply() -> None:
    half, fifth = action("h", source="Hall", energy=500_000), action("f", source="Hall", energy=200_000)
    found = combined([half, fifth], BASELINE, NOW, 2026)
    assert found.location == 360  # 600 × (1 - 0.5 × 0.8), not 420
    assert found.market == 240
    assert found.of("h").location == pytest.approx(Decimal(360) * 5 / 7)
    assert found.of("h").location + found.of("f").location == 360
    assert found.of("nobody").location == 0


def test_two_on_different_sources_add() -> None:
    found = combined([action("h", source="Hall"), in_tonnes("b")], BASELINE, NOW, 2026)
    assert found.location == 70 and found.of("h").location == 60 and found.of("b").location == 10


def test_one_on_the_part_meets_one_on_a_source() -> None:
    whole = action("w", energy=110_000)  # a tenth of all electricity
    hall = action("h", source="Hall", energy=500_000)
    found = combined([whole, hall], BASELINE, NOW, 2026)
    assert found.location == 600 - 600 * Decimal("0.45") + 6
    office = next(one for one in found.sources if one.cell.source == "Office")
    assert office.saved == (("w", *d(6, 4)),)


def test_electricity_replaced_and_saved() -> None:
    saved, bought = action("s", source="Hall", energy=500_000), action("b", source="Hall", part="scope2_market")
    found = combined([saved, bought], BASELINE, NOW, 2026)
    assert found.location == 300 and found.of("b").location == 0
    assert found.market == 400 - 400 * Decimal("0.5") * Decimal("0.9")


@settings(max_examples=80)
@given(plans(), aheads(), YEARS)
def test_together_is_bounded_and_adds_up(made: list[Action], way: Ahead, year: int) -> None:
    found = combined(made, BASELINE, way, year, lambda one: part_in(one, year))
    for source in found.sources:
        for view in (0, 1):
            assert 0 <= source.after[view] <= source.before[view]
            saved = source.before[view] - source.after[view]
            assert sum((one[1 + view] for one in source.saved), ZERO) == saved
    assert sum((one.location for one in found.actions), ZERO) == found.location
    assert sum((one.market for one in found.actions), ZERO) == found.market
    alone = [effect_of(one, year, BASELINE, way) for one in made]
    assert found.location <= sum((one.location for one in alone), ZERO) + Decimal("1e-7")
    assert all(found.location >= one.location - Decimal("1e-7") for one in alone)


@settings(max_examples=60)
@given(plans(), aheads(), YEARS, st.integers())
def test_the_order_changes_nothing(made: list[Action], way: Ahead, year: int, seed: int) -> None:
    other = list(made)
    Random(seed).shuffle(other)
    assert combined(made, BASELINE, way, year) == combined(other, BASELINE, way, year)


@settings(max_examples=60)
@given(actions("a"), aheads(), YEARS)
def test_one_alone_is_its_effect(plan: Action, way: Ahead, year: int) -> None:
    found, alone = (
        combined([plan], BASELINE, way, year, lambda one: part_in(one, year)),
        effect_of(plan, year, BASELINE, way),
    )
    assert found.location == pytest.approx(alone.location, abs=Decimal("1e-7"))
    assert found.market == pytest.approx(alone.market, abs=Decimal("1e-7"))


@given(plans(), YEARS)
def test_one_more_never_saves_less(made: list[Action], year: int) -> None:
    more = combined([*made, action("z", source="Hall")], BASELINE, NOW, year)
    assert more.location >= combined(made, BASELINE, NOW, year).location


@given(aheads(), YEARS)
def test_no_action_no_saving(way: Ahead, year: int) -> None:
    found = combined([], BASELINE, way, year)
    assert (found.location, found.market, found.actions) == (ZERO, ZERO, ())
    assert all(one.before == one.after and not one.saved for one in found.sources)


# ---------------------------------------------------------------------- shares and exclusions


@given(AMOUNTS, st.dictionaries(st.sampled_from("abcdef"), st.decimals(0, 1, places=6), min_size=1))
def test_what_is_shared_out_adds_up(whole: Decimal, weights: dict[str, Decimal]) -> None:
    parts = share_out(whole, weights)
    assert set(parts) == set(weights)
    if any(weights.values()):
        assert sum(parts.values(), ZERO) == whole
        assert all(part >= 0 for part in parts.values())
    else:
        assert not any(parts.values())


def test_the_one_that_is_further_stays() -> None:
    old, new = action("b", status="idea", excludes=("a",)), action("a", status="running")
    assert taking_part([old, new]) == ((new,), ((old, "a"),))
    assert taking_part([replace(old, status="done"), new])[0][0].id == "b"


def test_among_equals_the_earlier_one_then_the_smaller_id() -> None:
    one, other = action("a", excludes=("b",), start=date(2026, 1, 1)), action("b")
    assert taking_part([one, other])[0] == (other,)
    assert taking_part([replace(one, start=other.start), other])[0][0].id == "a"


def test_stopped_ones_exclude_nothing() -> None:
    stopped, other = action("a", status="stopped", excludes=("b",)), action("b", status="idea")
    assert taking_part([stopped, other]) == ((other,), ())


def test_what_is_left_out_excludes_nothing_itself() -> None:
    chain = [action("a", status="done", excludes=("b",)), action("b", excludes=("c",)), action("c", status="idea")]
    taken, out = taking_part(chain)
    assert [one.id for one in taken] == ["a", "c"] and [(one.id, by) for one, by in out] == [("b", "a")]


def test_nothing_excludes_itself() -> None:
    odd = action("a", excludes=("a",))
    assert not exclude_each_other(odd, odd) and taking_part([odd])[0] == (odd,)


@given(plans(6), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8), st.integers())
def test_those_that_take_part_can_be_done_together(made: list[Action], pairs: list[tuple[int, int]], seed: int) -> None:
    said = [replace(one, excludes=tuple(f"a{b}" for a, b in pairs if f"a{a}" == one.id and a != b)) for one in made]
    taken, out = taking_part(said)
    assert not any(exclude_each_other(one, other) for one in taken for other in taken)
    assert sorted(one.id for one in (*taken, *(left for left, _ in out))) == sorted(one.id for one in said)
    assert all(by in {one.id for one in taken} for _, by in out)
    Random(seed).shuffle(said)
    assert taking_part(said) == (taken, out)


def test_all_of_the_effect_is_one() -> None:
    assert full(action()) == 1
