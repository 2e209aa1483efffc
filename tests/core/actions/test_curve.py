"""The abatement cost curve."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.actions import Ahead, abatement_curve, combined, cost_of
from core.actions.effect import taking_part
from core.ledger import Action
from tests.core.actions.plans import BASELINE, NOW, ZERO, action, aheads, in_tonnes, plans

GREEN = Ahead(2024, share=((2024, ZERO), (2027, Decimal(100))))
LED = action("led", source="Office", energy=20_000, capex=50_000, saving=20_000, currency="CNY")
DRIVES = action("drives", source="Hall", energy=50_000, capex=10_000, saving=30_000, currency="CNY")
PUMP = in_tonnes("pump", 100, capex=1_000_000, saving=20_000, currency="CNY", life=20)
STEEL = in_tonnes("steel", 90, part="scope3:1", source="Steel", opex=9_000, currency="CNY")


def test_cost_of_a_tonne() -> None:
    curve = abatement_curve([PUMP, STEEL], BASELINE, NOW, 2030)
    assert [(bar.action.id, bar.tonnes) for bar in curve.bars] == [("steel", Decimal(90)), ("pump", Decimal(100))]
    assert curve.bars[0].cost == 100
    # CRF(8 %, 20) = 0.1018522088
    assert curve.bars[1].cost == Decimal("818.52") and curve.bars[1].yearly == Decimal("81852.21")
    assert curve.total == 190 and curve.currency == "CNY" and curve.year == 2030


def test_those_that_earn_come_first_the_largest_npv_first() -> None:
    tiny = action("tiny", source="Town", item="heat", energy=10, saving=500, currency="CNY")
    curve = abatement_curve([PUMP, tiny, LED, DRIVES, STEEL], BASELINE, NOW, 2030)
    assert [bar.action.id for bar in curve.bars] == ["drives", "led", "tiny", "steel", "pump"]
    earning = curve.bars[:3]
    assert all(bar.cost is not None and bar.cost < 0 < bar.npv for bar in earning)
    # by the cost of a tonne the one that saves least would have been the first
    assert min(earning, key=lambda bar: bar.cost or ZERO).action.id == "tiny"


def test_market_based_tonnes_of_electricity_vanish_and_it_is_said() -> None:
    curve = abatement_curve([LED, PUMP], BASELINE, GREEN, 2027, "market")
    assert [bar.action.id for bar in curve.bars] == ["pump", "led"]
    bar = curve.bars[1]
    assert (bar.tonnes, bar.cost) == (ZERO, None) and bar.npv > 0
    assert str(bar.reason) == "Electricity is 100 % renewable in 2027: saving it saves no market-based tonnes."
    assert any("vanish" in str(note) for note in curve.notes)
    assert abatement_curve([LED], BASELINE, GREEN, 2027, "location").bars[0].tonnes == 12
    before = abatement_curve([LED], BASELINE, GREEN, 2026, "market")
    assert before.bars[0].cost is not None and not any("vanish" in str(note) for note in before.notes)


@pytest.mark.parametrize(
    ("plan", "view", "begins"),
    [
        (action("p", part="scope2_market", capex=5, currency="CNY"), "location", "It changes which electricity"),
        (action("n", source="Nowhere"), "location", "The inventory of 2024 has nothing"),
        (action("z", energy=0), "market", "It saves no tonnes."),
    ],
)
def test_why_there_is_no_cost_of_a_tonne(plan: Action, view: Literal["location", "market"], begins: str) -> None:
    (bar,) = abatement_curve([plan], BASELINE, NOW, 2030, view).bars
    assert bar.cost is None and str(bar.reason).startswith(begins)


def test_interactions_make_the_bars_narrower_and_it_is_said() -> None:
    one, other = action("a", source="Hall", energy=500_000), action("b", source="Hall", energy=500_000)
    curve = abatement_curve([one, other], BASELINE, NOW, 2030)
    assert [bar.tonnes for bar in curve.bars] == [225, 225] and curve.total == 450
    assert any("multiply" in str(note) for note in curve.notes)
    assert not any("multiply" in str(note) for note in abatement_curve([one], BASELINE, NOW, 2030).notes)


def test_the_grid_factor_of_the_year() -> None:
    assert abatement_curve([LED], BASELINE, Ahead(2024, Decimal(50)), 2025).bars[0].tonnes == 6


def test_excluded_ones_stand_beside() -> None:
    other = action("other", excludes=("led",), status="idea")
    curve = abatement_curve([LED, other], BASELINE, NOW, 2030)
    assert [bar.action.id for bar in curve.bars] == ["led"]
    assert [str(one.reason) for one in curve.beside] == ["It cannot be done besides “Action led”."]


def test_costs_are_never_converted() -> None:
    euro = action("euro", capex=5, currency="EUR")
    nameless = action("nameless", capex=5)
    free = action("free", source="Hall")
    curve = abatement_curve([LED, DRIVES, euro, nameless, free], BASELINE, NOW, 2030)
    assert {bar.action.id for bar in curve.bars} == {"led", "drives", "free"}
    assert [(one.action.id, str(one.reason)) for one in curve.beside] == [
        ("euro", "Its cost is in EUR, the curve is in CNY."),
        ("nameless", "Its cost has no currency."),
    ]
    assert [bar.action.id for bar in abatement_curve([LED, euro], BASELINE, NOW, 2030, currency="EUR").bars] == ["euro"]


def test_stopped_ones_are_left_away_and_what_cannot_be_is_beside() -> None:
    curve = abatement_curve([action("s", status="stopped"), action("l", life=0)], BASELINE, NOW, 2030)
    assert curve.bars == () and [one.action.id for one in curve.beside] == ["l"]
    assert (curve.total, curve.currency) == (ZERO, "")


@settings(max_examples=60)
@given(plans(), aheads(), st.integers(2024, 2045), st.sampled_from(["location", "market"]))
def test_the_total_is_the_sum_of_the_bars(
    made: list[Action], way: Ahead, year: int, view: Literal["location", "market"]
) -> None:
    curve = abatement_curve(made, BASELINE, way, year, view)
    together = combined(taking_part(made)[0], BASELINE, way, year)
    assert sum((bar.tonnes for bar in curve.bars), ZERO) == curve.total
    assert curve.total == (together.location if view == "location" else together.market)
    assert len(curve.bars) + len(curve.beside) == len(made)
    for bar in curve.bars:
        assert bar.yearly == cost_of(bar.action).yearly
        assert (bar.cost is None) == (bar.tonnes == 0) == (bar.reason is not None)
        if bar.cost is not None:
            assert abs(bar.cost * bar.tonnes - bar.yearly) <= Decimal("0.0051") * bar.tonnes + Decimal("1e-9")


@settings(max_examples=60)
@given(plans(), aheads())
def test_the_order_of_the_bars(made: list[Action], way: Ahead) -> None:
    bars = abatement_curve(made, BASELINE, way, 2030).bars
    groups = [2 if bar.cost is None else 0 if bar.cost < 0 else 1 for bar in bars]
    assert groups == sorted(groups)
    earning = [bar.npv for bar in bars if bar.cost is not None and bar.cost < 0]
    paying = [bar.cost for bar in bars if bar.cost is not None and bar.cost >= 0]
    assert earning == sorted(earning, reverse=True) and paying == sorted(paying)
    assert abatement_curve(reversed(made), BASELINE, way, 2030).bars == bars
