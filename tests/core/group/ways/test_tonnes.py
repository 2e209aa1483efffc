"""The curve of the group: widths add up, currencies stay apart, what is under way is no next tonne."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from core.group.ways.standing import standing
from core.group.ways.tonnes import supplies_of, tonnes_of
from core.group.ways.way import Abatement
from core.ledger import Register
from core.methods import exact_sum
from tests.core.group.ways.planning import action, reports, written
from tests.core.group.ways.test_standing import HALF

NOBODY = Register.of([])


def test_cheapest_over_all_plants_first() -> None:
    found = standing(NOBODY, reports(
        Ash=written(actions=(action("a", 10, 500), action("b", 5, -100))),
        Birch=written(actions=(action("c", 20, 400), action("d", 1, -900, npv=Decimal(1)))),
    ), 2024)  # fmt: skip
    (curve,) = tonnes_of(found).curves
    assert [(one.plant.name, one.action.id, one.cost) for one in curve.bars] == [
        ("Ash", "b", Decimal("-20.00")),  # NPV 1000, though a tonne of d “costs” less
        ("Birch", "d", Decimal("-900.00")),
        ("Birch", "c", Decimal("20.00")),
        ("Ash", "a", Decimal("50.00")),
    ]
    assert curve.total == tonnes_of(found).total == 36 and curve.next == curve.bars


def test_currencies_are_never_mixed() -> None:
    euro = action("e", 4, 40, currency="EUR")
    held = reports(Ash=written(actions=(action("a", 1, 1), action("b", 1, 1), euro)))
    found = tonnes_of(standing(NOBODY, held, 2024))
    assert [(one.currency, len(one.bars)) for one in found.curves] == [("CNY", 2), ("EUR", 1)]
    assert found.total == 6


def test_what_is_under_way_or_has_no_price_is_no_next_tonne() -> None:
    held = (action("a", 3, 3, status="running"), action("b", 2, 4, status="idea"), action("c", 7),
            action("d", 0, 5, status="approved"))  # fmt: skip
    found = tonnes_of(standing(NOBODY, reports(Ash=written(actions=held)), 2024))
    assert [one.action.id for one in found.curves[0].next] == ["b"]
    assert [one.action.id for one in found.beside] == ["c", "d"] and found.total == 12


def test_a_share_changes_how_many_tonnes_count_and_not_what_one_costs() -> None:
    ways = reports(Ash=written(actions=(action("a", 10, 500),)))
    whole, half = (tonnes_of(standing(one, ways, 2024)).curves[0].bars[0] for one in (NOBODY, HALF))
    assert whole.tonnes == 10 and half.tonnes == 5 and whole.cost == half.cost == 50
    assert whole.npv == -5000 and half.npv == -2500


def test_views_have_tonnes_of_their_own() -> None:
    one = action("a", 10, 500, market=Decimal(0))
    found = standing(NOBODY, reports(Ash=written(actions=(one,))), 2024)
    assert tonnes_of(found).total == 10 and tonnes_of(found, "market").total == 0
    assert not tonnes_of(found, "market").curves and len(tonnes_of(found, "market").beside) == 1


def test_offers_of_all_plants_cheapest_first() -> None:
    found = standing(HALF, reports(Ash=written(gap=1), Birch=written(gap=1)), 2024)
    assert [(one.plant.name, one.quantity, one.offer.cost) for one in supplies_of(found)] == [
        ("Ash", Decimal("2.5"), Decimal(30)), ("Birch", Decimal("2.5"), Decimal(30))
    ]  # fmt: skip


numbers = st.decimals(-(10**6), 10**6, places=2)


@st.composite
def actions(draw: st.DrawFn) -> tuple[Abatement, ...]:
    """Of any money."""
    return tuple(
        action(f"a{n}", draw(st.decimals(0, 10**6, places=3)), draw(st.none() | numbers),
               currency=draw(st.sampled_from(["CNY", "EUR"])), status=draw(st.sampled_from(["idea", "done"])))
        for n in range(draw(st.integers(0, 5)))
    )  # fmt: skip


@given(actions(), actions(), st.randoms(use_true_random=False))
def test_laws_of_the_curve(one: tuple[Abatement, ...], other: tuple[Abatement, ...], random: Random) -> None:
    held = reports(Ash=written(actions=one), Birch=written(actions=other))
    found = tonnes_of(standing(NOBODY, held, 2024))
    random.shuffle(held)
    assert tonnes_of(standing(NOBODY, held, 2024)) == found
    assert found.total == exact_sum(each.location for each in (*one, *other))
    for curve in found.curves:
        costs = [bar.cost for bar in curve.bars if bar.cost is not None]
        assert len(costs) == len(curve.bars)
        positive = [cost for cost in costs if cost >= 0]
        assert positive == sorted(positive) and costs[len(costs) - len(positive) :] == positive
        worth = [bar.npv for bar in curve.bars if bar.cost is not None and bar.cost < 0 and bar.npv is not None]
        assert worth == sorted(worth, reverse=True)
        assert all(bar.action.currency == curve.currency for bar in curve.bars)
