"""The group: sums are those of its plants, the order of filing does not matter, no share is above 100 %."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.group.ways.standing import standing
from core.group.ways.way import Electricity, Way
from core.i18n import T
from core.ledger import Company, Group, Register, Site, Stake
from core.methods import exact_sum
from core.renewables.shares import VIEWS
from core.store import Filed
from tests.core.group.plants import filed
from tests.core.group.ways.planning import aim, monthly, reports, written

NOBODY = Register.of([])
HALF = Register.of([
    Group("G", approach="equity_share"), Company("co1", "Half Ltd", "CN"), Site("si1", "Ash", "CN"),
    Site("si2", "Birch", "CN"), Stake("st1", "group", "si1", "", percent=Decimal(50)),
    Stake("st2", "group", "si2", "2024-07-01"),
])  # fmt: skip


def test_sums_come_before_shares() -> None:
    """Two plants with 100 % and 0 % are no group with 50 %."""
    found = standing(NOBODY, reports(Ash=written(monthly(100, 100)), Birch=written(monthly(9900))), 2024)
    assert found.electricity.used == 120_000 and found.electricity.certified == 1200
    assert found.shown("certified") == 1
    assert [one.shown("certified") for one in found.plants] == [100, 0]


def test_all_but_a_little_is_not_all() -> None:
    """Rounded down: never 100 by rounding."""
    found = standing(NOBODY, reports(Ash=written(monthly(100_000, "99999.9"))), 2024)
    assert str(found.shown("certified")) == "99.9"
    whole = standing(NOBODY, reports(Ash=written(monthly(100_000, 100_000))), 2024)
    assert str(whole.shown("certified")) == "100.0"


def test_who_misses_2027_by_how_much_largest_first() -> None:
    found = standing(NOBODY, reports(Ash=written(gap=3), Birch=written(gap=8), Cedar=written(gap=0), Dog=written()),
                     2024)  # fmt: skip
    named = [(one.plant.name, one.gap, one.open) for one in found.missing]
    assert named == [("Birch", Decimal(8), Decimal(4)), ("Ash", Decimal(3), Decimal("1.5"))]
    assert found.gap == 11 and not found.holds and found.target_years == (2027,)
    assert [str(one) for one in found.notices] == ["Without a target for renewable electricity: Dog."]
    assert standing(NOBODY, reports(Cedar=written(gap=0)), 2024).holds


def test_a_plant_counts_with_its_share_month_by_month() -> None:
    ways = reports(Ash=written(monthly(1000, 400), gap=6, aims=(aim(),)), Birch=written(monthly(10), aims=(aim(),)))
    found = standing(HALF, ways, 2024)
    ash, birch = found.plants
    assert ash.electricity == Electricity(Decimal(6000), Decimal(2400), Decimal(0), Decimal(0))
    assert ash.weight == Decimal("0.5") and ash.gap == 3
    assert birch.electricity.used == 60 and birch.weight == Decimal("0.5")  # held from July on
    (sums,) = found.rollups
    assert sums.actual == 90 and sums.allowed == 80 and sums.gap == 10
    whole = standing(HALF, ways, 2024, approach="operational_control")
    assert whole.approach == "operational_control" and whole.plants[0].weight in (0, 1)


def test_a_plant_that_does_not_count_is_named_and_left_out() -> None:
    sold = Register.of([Group("G"), Site("si1", "Ash", "CN"), Stake("st1", "group", "si1", "", "2023-12-31")])
    found = standing(sold, reports(Ash=written(gap=5), Birch=written(gap=1)), 2024)
    assert [one.name for one in found.plants] == ["Birch"] and found.gap == 1
    assert "Reported, but no part of the group in this year: Ash." in map(str, found.notices)


def test_two_reports_of_a_plant_share_its_months() -> None:
    """Each month once; targets are those of the report that ends last."""
    first = filed("Ash", start="2024-01-01", end="2024-06-30", audit_id="one", name="1.pdf")
    second = filed("Ash", start="2024-07-01", end="2024-12-31", audit_id="two", name="2.pdf")
    year = monthly(100, 50)
    halves = {k: v for k, v in year.items() if k < "2024-07"}, {k: v for k, v in year.items() if k >= "2024-07"}
    ways = [(first, written(halves[0], gap=99)), (second, written(halves[1], gap=7))]
    found = standing(NOBODY, ways, 2024)
    (plant,) = found.plants
    assert plant.electricity.used == 1200 and plant.electricity.certified == 600
    assert found.gap == 7 and plant.filed is second


def test_targets_are_added_where_parts_and_year_are_equal() -> None:
    other = aim("t9", 5, 7, parts=("scope3",))
    intensity = aim("t8", 5, 4, intensity="production")
    found = standing(NOBODY, reports(
        Ash=written(aims=(aim(forecast={"2030": Decimal(60), "2031": Decimal(1)}), other)),
        Birch=written(aims=(aim("t2", 10, 20, pathway={"2024": Decimal(20), "2030": Decimal(5)}), intensity)),
        Cedar=written(aims=(aim("t3", None, None),)),
    ), 2024)  # fmt: skip
    two, three = found.rollups
    assert (two.parts, two.year) == (("scope1", "scope2_market"), 2030)
    assert [two.actual, two.allowed, two.gap, two.base, two.final] == [Decimal(n) for n in (100, 100, 0, 200, 116)]
    assert not two.missed and two.without == ("Cedar",) and len(two.aims) == 2
    assert two.pathway == {2024: 100, 2030: 63} and two.forecast == {2030: 130}
    assert three.parts == ("scope3",) and three.actual == 5
    assert [(one.plant.name, one.aim.id) for one in found.missed] == [("Ash", "t1"), ("Birch", "t8")]


def test_of_two_targets_of_a_plant_for_the_same_the_stricter_counts_once() -> None:
    found = standing(NOBODY, reports(Ash=written(aims=(aim("t1", 90, 80), aim("t2", 90, 70)))), 2024)
    (sums,) = found.rollups
    assert sums.actual == 90 and sums.allowed == 70 and [one.id for _, one in sums.aims] == ["t2"]


def test_a_target_that_a_rule_stops_is_missed() -> None:
    found = standing(NOBODY, reports(Ash=written(aims=(aim("t1", 1, 2, stops=(T("too little"),)),))), 2024)
    assert [one.aim.id for one in found.missed] == ["t1"] and not found.holds


def test_silence_and_troubles_are_named() -> None:
    quiet = written(silent=True)
    odd = written(gap=0, troubles=(T("A number cannot be read."),))
    said = [str(one) for one in standing(NOBODY, reports(Ash=quiet, Birch=odd), 2024).notices]
    assert said == [
        "These reports say nothing of targets, actions or certificates; their electricity counts: Ash.",
        "Birch: A number cannot be read.",
    ]


def test_reports_of_other_years_are_passed_over() -> None:
    assert standing(NOBODY, [(filed("Ash", 2023), written())], 2024).plants == ()


kwh = st.integers(0, 10**9)


@st.composite
def some_ways(draw: st.DrawFn) -> list[tuple[Filed, Way]]:
    """Plants of the register and others."""
    made = []
    for name in draw(st.lists(st.sampled_from(["Ash", "Birch", "Cedar", "Dog"]), unique=True, min_size=1)):
        used = draw(kwh)
        months = monthly(used, draw(st.integers(0, used)), draw(st.integers(0, used)))
        aims = tuple(aim(f"t{n}", draw(kwh), draw(kwh)) for n in range(draw(st.integers(0, 2))))
        made.append((filed(name), written(months, gap=draw(st.none() | kwh), aims=aims)))
    return made


@given(some_ways(), st.randoms(use_true_random=False), st.sampled_from([NOBODY, HALF]))
def test_laws_of_the_group(ways: list[tuple[Filed, Way]], random: Random, register: Register) -> None:
    found = standing(register, ways, 2024)
    shuffled = list(ways)
    random.shuffle(shuffled)
    assert standing(register, shuffled, 2024) == found
    for name in ("used", *VIEWS):
        assert getattr(found.electricity, name) == exact_sum(getattr(one.electricity, name) for one in found.plants)
        assert 0 <= getattr(found.electricity, name) <= found.electricity.used
    for view in VIEWS:
        assert all((one.shown(view) or 0) <= 100 for one in found.plants) and (found.shown(view) or 0) <= 100
    assert found.gap == exact_sum(one.gap or Decimal(0) for one in found.plants)
    assert [one.gap for one in found.missing] == sorted((one.gap for one in found.missing), reverse=True)
    for sums in found.rollups:
        assert sums.actual == exact_sum(plant.part(one.actual or Decimal(0)) for plant, one in sums.aims)
        assert len({plant.key for plant, _ in sums.aims}) == len(sums.aims)


@pytest.mark.parametrize("name", ["Ash", "Cedar"])
def test_a_plant_that_leaves_takes_exactly_its_part_along(name: str) -> None:
    every = reports(Ash=written(monthly(7, 3)), Birch=written(monthly(11, 2)), Cedar=written(monthly(13)))
    rest = [one for one in every if one[0].plant != name]
    whole, less = standing(NOBODY, every, 2024), standing(NOBODY, rest, 2024)
    gone = next(one for one in whole.plants if one.name == name)
    assert whole.electricity.used - less.electricity.used == gone.electricity.used
    assert replace(gone) in whole.plants and gone not in less.plants
