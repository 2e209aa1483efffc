"""What batteries and moved load would change: examples by hand, and that they never make it worse."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.renewables import flexing as module
from core.renewables.flexing import MOVED, proposed, variants, with_shift, with_storage
from core.renewables.hourly import Matched, Supply, match
from core.series import Series
from core.solar.battery import Battery
from tests.documented import run_examples

UTC = ZoneInfo("UTC")
NAN = float("nan")
AMOUNTS = st.one_of(st.floats(0, 1000), st.just(0.0))
ROWS = st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=72)
GAPPY = st.lists(st.tuples(*(st.one_of(AMOUNTS, st.just(NAN)) for _ in range(3))), min_size=1, max_size=72)
BATTERIES = st.builds(Battery, st.floats(0, 5000), st.floats(0, 500), st.floats(0.1, 1.0))
SHARES = st.floats(0, 1)


def of(rows: list[tuple[float, float, float]]) -> Matched:
    load, own, bought = (Series(0, 3600, column) for column in np.array(rows, dtype=np.float64).T)
    return match(load, [Supply("pv", "Roof", "own", own), Supply("w", "Wind", "ppa_virtual", bought)], UTC)


def test_examples_run() -> None:
    result = run_examples(module)
    assert result.attempted and not result.failed


def test_a_battery_by_hand() -> None:
    """10 kWh over, of which 4 go in at 4 kW; 81 % of them come out in the evening, at most 3 kWh of need."""
    found = with_storage(of([(2, 12, 0), (3, 0, 0), (3, 0, 0)]), Battery(100, 4, 0.81))
    assert found.moved == pytest.approx(3.24)
    assert found.lost == pytest.approx(0.76)
    assert found.matched.matched.tolist() == pytest.approx([2, 3, 0.24])
    assert found.total.score == pytest.approx(5.24 / 8)
    assert found.total.supply == pytest.approx(12 - 4 + 3.24), "what is lost supplies nothing"


def test_surplus_of_a_contract_is_not_at_the_plant() -> None:
    """Wind that is over somewhere else charges nothing; sun that is over on the roof does."""
    wind = with_storage(of([(2, 0, 12), (3, 0, 0)]), Battery(100, 100, 1.0))
    sun = with_storage(of([(2, 12, 0), (3, 0, 0)]), Battery(100, 100, 1.0))
    assert (wind.moved, wind.total.score) == (0.0, 2 / 5)
    assert (sun.moved, sun.total.score) == (3.0, 1.0)


def test_a_battery_waits_for_what_the_contract_does_not_meet() -> None:
    found = with_storage(of([(2, 5, 0), (3, 0, 3), (3, 0, 0)]), Battery(100, 100, 1.0))
    assert found.matched.matched.tolist() == [2, 3, 3], "in the second hour the wind is enough"
    assert [part.key for part in found.matched.parts] == ["pv", "w", "storage"]
    assert found.matched.parts[-1].given.tolist() == [-3, 0, 3]


@given(GAPPY, BATTERIES)
def test_a_battery_never_lowers_the_score(rows: list[tuple[float, float, float]], battery: Battery) -> None:
    before = of(rows)
    after = with_storage(before, battery)
    known = ~np.isnan(before.matched)
    assert (np.isnan(after.matched.matched) == ~known).all()
    assert (after.matched.matched[known] >= before.matched[known]).all(), "in no hour"
    assert (after.matched.matched[known] <= before.load[known]).all()
    assert (after.matched.matched[known] <= after.matched.supply[known]).all()
    assert after.total.present == before.total.present
    scale = 1 + before.total.supply
    assert after.total.matched == pytest.approx(before.total.matched + after.moved, abs=1e-9 * scale)
    assert after.lost >= -1e-9 * scale
    assert (after.total.score or 0) <= 1


@given(ROWS, st.floats(0, 5000), st.floats(0, 500))
def test_a_larger_battery_without_loss_is_no_worse(
    rows: list[tuple[float, float, float]], capacity: float, power: float
) -> None:
    small, large = (with_storage(of(rows), Battery(size * capacity, power, 1.0)) for size in (1, 2))
    assert large.moved >= small.moved - 1e-6


@given(GAPPY, SHARES)
def test_moved_load_keeps_each_day_and_never_lowers_the_score(
    rows: list[tuple[float, float, float]], share: float
) -> None:
    before = of(rows)
    after = with_shift(before, share)
    known = ~np.isnan(before.matched)
    assert (after.matched.load[~known] == before.load[~known])[~np.isnan(before.load[~known])].all()
    for day in range(0, len(rows), 24):
        here = slice(day, day + 24)
        kept = known[here]
        assert after.matched.load[here][kept].sum() == pytest.approx(before.load[here][kept].sum(), abs=1e-6)
    scale = 1 + before.total.load
    assert after.total.matched == pytest.approx(before.total.matched + after.moved, abs=1e-9 * scale)
    assert after.moved >= 0
    together = sum(part.used for part in after.matched.parts)
    assert np.allclose(together, after.matched.matched, equal_nan=True)


@settings(max_examples=20)
@given(ROWS)
def test_nothing_to_move_changes_nothing(rows: list[tuple[float, float, float]]) -> None:
    before = of(rows)
    for after in (with_shift(before, 0.0), with_storage(before, Battery(0.0, 10.0))):
        assert after.moved == 0 and after.total.matched == before.total.matched


def test_load_moves_into_any_surplus_of_its_day() -> None:
    rows = [(4.0, 0.0, 0.0)] * 12 + [(0.0, 0.0, 4.0)] * 12 + [(4.0, 0.0, 0.0)] * 24
    found = with_shift(of(rows), 0.5)
    assert found.moved == 24.0, "half of the first day; the second has no surplus"
    assert found.total.score == 24 / (12 * 4 + 24 * 4)


def test_the_table_has_batteries_and_shares() -> None:
    day = [(100.0, 0.0, 0.0)] * 12 + [(100.0, 300.0, 0.0)] * 12
    before = of(day * 3)
    found = variants(before)
    assert [one.kind for one in found] == ["storage"] * 5 + ["shift"] * len(MOVED)
    sizes = [one.size for one in found[:5]]
    assert [(one.capacity, one.power) for one in sizes if isinstance(one, Battery)] == [
        (120.0, 60.0), (240.0, 120.0), (600.0, 300.0), (1200.0, 600.0), (2400.0, 1200.0)
    ]  # fmt: skip
    scores = [one.total.score or 0.0 for one in found]
    assert min(scores) > (before.total.score or 1.0)
    assert scores[:5] == sorted(scores[:5]) and scores[5:] == sorted(scores[5:])
    (own,) = variants(before, [Battery(50.0, 25.0)], ())
    assert own.size == Battery(50.0, 25.0)


def test_without_load_nothing_is_proposed() -> None:
    assert proposed(of([(0.0, 5.0, 0.0)])) == ()
    assert proposed(of([(NAN, 5.0, 0.0)])) == ()


def test_tiny_plants_have_tiny_batteries() -> None:
    assert [one.capacity for one in proposed(of([(0.001, 0.0, 0.0)] * 24))][:2] == [0.0012, 0.0024]


def test_what_cannot_be() -> None:
    found = of([(1.0, 1.0, 1.0)])
    with pytest.raises(UserError, match="battery"):
        with_storage(found, Battery(1.0, 1.0, 1.5))
    with pytest.raises(UserError, match="share"):
        with_shift(found, 1.5)
    daily = match(Series(0, 3600, np.ones(24)), [], UTC, "day")
    with pytest.raises(ValueError, match="equally long"):
        with_storage(daily, Battery(1.0, 1.0))
    with pytest.raises(ValueError, match="equally long"):
        with_shift(daily, 0.1)
