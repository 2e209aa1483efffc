"""Use of the generation by netting interval, with a battery and with load that is moved."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.series import Series
from core.series.netting import Interval
from core.solar import battery as batteries
from core.solar import shift
from core.solar import use as module
from core.solar.battery import Battery, dispatch
from core.solar.shift import shifted
from core.solar.use import Use, compared, load_of, match_score, net_of, series_from, use
from tests.core.series.shapes import repeated
from tests.core.solar.days import BERLIN, PLAIN, Sunny, at
from tests.documented import run_examples

AMOUNTS = st.floats(0, 1000)
DAY = repeated(st.tuples(AMOUNTS, AMOUNTS), 96, 96)
YEAR = Sunny(step=900)
LOAD = YEAR.series(np.full(len(YEAR.energy), 6.0))


@pytest.mark.parametrize("one", [module, batteries, shift])
def test_examples_run(one: ModuleType) -> None:
    result = run_examples(one)
    assert result.attempted and not result.failed


def both(pairs: list[tuple[float, float]], start: int = at(2023), step: int = 900) -> tuple[Series, Series]:
    values = np.array(pairs).T
    return Series(start, step, values[0]), Series(start, step, values[1])


def closes(found: Use) -> None:
    scale = 1 + found.generated + found.load
    assert math.isclose(found.self_used + found.fed_in + found.stored, found.generated, abs_tol=1e-9 * scale)
    assert math.isclose(found.self_used + found.purchased, found.load, abs_tol=1e-9 * scale)
    assert min(found.self_used, found.fed_in, found.purchased, found.stored) >= -1e-9 * scale


@given(DAY)
def test_everything_generated_is_used_or_fed_in(pairs: list[tuple[float, float]]) -> None:
    found = use(*both(pairs), BERLIN)
    closes(found)
    assert found.interval == 900 and found.stored == 0


@given(DAY)
def test_longer_netting_never_gives_less_self_use(pairs: list[tuple[float, float]]) -> None:
    ways: tuple[Interval, ...] = (900, 1800, 3600, 14_400, "day")
    results = [use(*both(pairs), PLAIN, way) for way in ways]
    for finer, longer in pairwise(results):
        closes(longer)
        assert longer.self_used >= finer.self_used - 1e-9 * (1 + finer.load)
        assert longer.generated == pytest.approx(finer.generated) and longer.coverage == 1


def test_a_plant_netted_by_the_quarter_and_by_the_month() -> None:
    """By day too much, by night nothing: the month hides it."""
    quarter, month = use(YEAR.series(YEAR.energy), LOAD, PLAIN), use(YEAR.series(YEAR.energy), LOAD, PLAIN, "month")
    assert quarter.self_consumption is not None and month.self_consumption is not None
    assert quarter.self_consumption < 0.5 < 0.95 < month.self_consumption
    with pytest.raises(UserError, match="per 15 min and per local month cannot be compared"):
        compared(quarter, month)


def test_what_is_not_known_counts_in_neither() -> None:
    generation, load = both([(4.0, 1.0), (math.nan, 2.0), (4.0, math.nan), (1.0, 3.0)], 0, 3600)
    found = use(generation, load, PLAIN)
    closes(found)
    assert (found.generated, found.load, found.self_used) == (5, 4, 2)
    assert (found.present, found.expected, found.coverage) == (2, 4, 0.5)


def test_netted_columns_become_series_with_times() -> None:
    generation, load = both([(4.0, 1.0), (0.0, 3.0)], 7200, 3600)
    net = net_of(generation, load, PLAIN)
    found = series_from(net, net.purchase)
    assert (found.start, found.step, found.values.tolist()) == (7200, 3600, [0, 3])
    with pytest.raises(UserError, match="local day has no times"):
        series_from(net_of(generation, load, PLAIN, "day"), net.purchase)


def test_a_part_of_the_time() -> None:
    generation, load = both([(4.0, 1.0), (4.0, 2.0), (4.0, 3.0)], 0, 3600)
    found = use(generation, load, PLAIN, start=3600, end=7200)
    assert (found.self_used, found.expected) == (2, 1)
    empty = use(generation, load, PLAIN, start=90_000, end=99_000)
    assert empty.generated == 0 and empty.self_consumption is None and empty.self_sufficiency is None
    assert empty.coverage == 0


@pytest.mark.parametrize("interval", [300, 1350, 0])
def test_intervals_that_cannot_be(interval: int) -> None:
    with pytest.raises(UserError):
        use(YEAR.series(YEAR.energy), LOAD, PLAIN, interval)


def test_more_fed_in_than_generated() -> None:
    g, f, p = (Series(0, 3600, np.array([v])) for v in (3.0, 4.0, 1.0))
    with pytest.raises(UserError, match="More was fed in"):
        load_of(g, f, p)


def test_clocks_that_differ_give_no_negative_load() -> None:
    g, f, p = (Series(0, 3600, np.array(v)) for v in ([3.0, 9.0], [4.0, 1.0], [0.0, 0.0]))
    assert load_of(g, f, p).values.tolist() == [0, 8]


def test_the_match_is_by_the_hour() -> None:
    generation, load = both([(8.0, 1.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), *[(0.0, 1.0)] * 4])
    found = match_score(generation, load, PLAIN)
    assert found.interval == 3600 and found.self_sufficiency == 4 / 8
    with pytest.raises(UserError):
        match_score(Series(0, 86_400, np.ones(2)), Series(0, 86_400, np.ones(2)), PLAIN)


class TestBattery:
    @given(DAY, st.floats(0, 500), st.floats(0, 500), st.floats(0.5, 1), st.sets(st.integers(0, 95), max_size=10))
    def test_energy_is_conserved(
        self, pairs: list[tuple[float, float]], capacity: float, power: float, efficiency: float, gaps: set[int]
    ) -> None:
        generation, load = both(pairs)
        for gap in gaps:
            load.values[gap] = math.nan
        found = dispatch(generation, load, Battery(capacity, power, efficiency), PLAIN)
        closes(found.use)
        before = np.concatenate([[0.0], found.content[:-1]])
        way = math.sqrt(efficiency)
        assert np.allclose(found.content - before, found.charged * way - found.discharged / way, atol=1e-6)
        assert (found.content >= 0).all() and (found.content <= capacity + 1e-9).all()
        assert max(found.charged.max(), found.discharged.max()) <= power * 0.25 + 1e-9
        assert found.lost >= -1e-6 and not (found.charged * found.discharged).any()
        assert not found.charged[sorted(gaps)].any() and not found.discharged[sorted(gaps)].any()

    @given(DAY, st.floats(0, 500), st.floats(0.5, 1))
    def test_it_never_takes_from_the_grid_and_never_harms(
        self, pairs: list[tuple[float, float]], capacity: float, efficiency: float
    ) -> None:
        generation, load = both(pairs)
        found = dispatch(generation, load, Battery(capacity, 1e9, efficiency), BERLIN)
        without = use(generation, load, BERLIN)
        gain = compared(found.use, without)
        assert gain.self_used >= -1e-6 and gain.purchased <= 1e-6 and gain.fed_in <= 1e-6
        surplus = np.maximum(generation.values - load.values, 0.0)
        assert (found.charged <= surplus + 1e-9).all(), "only own generation is stored"
        assert (found.discharged <= np.maximum(load.values - generation.values, 0.0) + 1e-9).all()

    def test_no_battery_is_no_battery(self) -> None:
        sun = YEAR.series(YEAR.energy)
        without = use(sun, LOAD, PLAIN)
        for nothing in (Battery(0.0, 100.0), Battery(100.0, 0.0)):
            found = dispatch(sun, LOAD, nothing, PLAIN).use
            assert found == replace(without, fed_in=found.fed_in, purchased=found.purchased)
            assert found.fed_in == pytest.approx(without.fed_in) and found.purchased == pytest.approx(without.purchased)

    def test_a_day_of_storage_carries_the_night(self) -> None:
        found = dispatch(YEAR.series(YEAR.energy), LOAD, Battery(500.0, 200.0, 1.0), PLAIN).use
        assert found.self_sufficiency is not None and found.self_sufficiency > 0.97

    def test_what_is_left_is_not_lost(self) -> None:
        found = dispatch(
            Series(0, 3600, np.array([10.0])), Series(0, 3600, np.zeros(1)), Battery(50.0, 10.0, 0.81), PLAIN
        )
        assert found.left == pytest.approx(9) and found.lost == pytest.approx(1)
        apart = Series(90_000, 3600, np.ones(1))
        nothing = dispatch(Series(0, 3600, np.ones(1)), apart, Battery(1.0, 1.0), PLAIN)
        assert nothing.left == 0 and nothing.use.expected == 0

    @pytest.mark.parametrize("wrong", [(-1.0, 1.0, 0.9), (1.0, -1.0, 0.9), (1.0, 1.0, 0.0), (1.0, 1.0, 1.1)])
    def test_batteries_that_cannot_be(self, wrong: tuple[float, float, float]) -> None:
        with pytest.raises(UserError, match="battery"):
            dispatch(LOAD, LOAD, Battery(*wrong), PLAIN)


class TestShift:
    @given(DAY, st.floats(0, 1))
    def test_each_day_uses_what_it_used(self, pairs: list[tuple[float, float]], share: float) -> None:
        generation, load = both(pairs, at(2023, 6, 1) + 9 * 3600)
        found = shifted(load, generation, share, BERLIN)
        cut = 13 * 4  # from 09:00 UTC to midnight in Berlin
        for part in (slice(0, cut), slice(cut, 96)):
            assert math.isclose(found.load.values[part].sum(), load.values[part].sum(), rel_tol=1e-9, abs_tol=1e-6)
        assert (found.load.values >= (1 - share) * load.values - 1e-6).all()
        gain = compared(use(generation, found.load, BERLIN), use(generation, load, BERLIN))
        assert math.isclose(gain.self_used, found.moved, rel_tol=1e-6, abs_tol=1e-6) and found.moved >= 0

    def test_nothing_moves_without_share_or_sun(self) -> None:
        sun = YEAR.series(YEAR.energy)
        assert shifted(LOAD, sun, 0.0, PLAIN).moved == 0
        assert shifted(LOAD, YEAR.series(YEAR.energy * 0), 1.0, PLAIN).moved == 0

    def test_what_is_missing_stays_missing(self) -> None:
        generation, load = both([(8.0, 0.0), (0.0, 4.0), (math.nan, 4.0), (8.0, math.nan)], 0, 3600)
        found = shifted(load, generation, 1.0, PLAIN)
        assert found.moved == 4 and found.load.values == pytest.approx([4, 0, 4, math.nan], nan_ok=True)

    @pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
    def test_shares_that_are_none(self, share: float) -> None:
        with pytest.raises(UserError, match="share"):
            shifted(LOAD, LOAD, share, PLAIN)
