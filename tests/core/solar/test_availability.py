"""Outages, data gaps and what they cost; curtailment; the tree that closes."""

from __future__ import annotations

import math
from decimal import Decimal
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.series import Series
from core.solar import availability as module
from core.solar import curtailment as curtailed
from core.solar import losstree
from core.solar.availability import DARK, GAP, OUTAGE, RUNNING, UNLIT, Availability, States, availability, states
from core.solar.chain import STEPS
from core.solar.curtailment import curtailment
from core.solar.losstree import TITLES, assumed, close, loss_tree
from tests.core.series.shapes import repeated
from tests.core.solar.days import GAMMA, P0, Sunny
from tests.documented import run_examples

WEEK = Sunny(days=7)
EXPECTED = WEEK.series(WEEK.energy / 0.9)
NOON = 24 * 2 + 12
"""Noon of the third day."""


@pytest.mark.parametrize("one", [module, curtailed, losstree])
def test_examples_run(one: ModuleType) -> None:
    result = run_examples(one)
    assert result.attempted and not result.failed


def of(energy: np.ndarray, revenue: Series | None = None, expected: Series = EXPECTED) -> tuple[States, Availability]:
    found = states(WEEK.series(energy), expected, P0, revenue)
    return found, availability(found, WEEK.start, WEEK.start + 7 * 86_400)


def with_values(value: float, first: int = NOON, count: int = 2) -> np.ndarray:
    energy = WEEK.energy.copy()
    energy[first : first + count] = value
    return energy


def daily(energy: np.ndarray) -> Series:
    return Series(WEEK.start, 86_400, energy.reshape(7, 24).sum(axis=1))


def test_a_week_without_trouble() -> None:
    found, all_week = of(WEEK.energy)
    assert set(found.state.tolist()) == {DARK, RUNNING}
    assert (all_week.time, all_week.energy, all_week.outage, all_week.gap) == (1, 1, 0, 0)
    assert all_week.running == 7 * 12 and not found.revenue


def test_two_hours_of_zeros_are_an_outage() -> None:
    found, all_week = of(with_values(0.0))
    assert found.state[NOON : NOON + 2].tolist() == [OUTAGE, OUTAGE]
    assert all_week.time == (7 * 12 - 2) / (7 * 12) and all_week.outage == 2
    missing = WEEK.energy[NOON : NOON + 2].sum()
    assert all_week.lost == pytest.approx(missing), "by the model scaled to what it usually gives"
    assert all_week.energy == pytest.approx(1 - missing / WEEK.energy.sum())


def test_two_hours_without_data_are_a_gap() -> None:
    found, all_week = of(with_values(math.nan))
    assert found.state[NOON : NOON + 2].tolist() == [GAP, GAP]
    assert (all_week.time, all_week.energy, all_week.gap, all_week.lost) == (1, 1, 2, 0)
    assert all_week.unheard == pytest.approx(WEEK.energy[NOON : NOON + 2].sum())


@pytest.mark.parametrize("silence", [0.0, math.nan])
def test_the_revenue_meter_decides(silence: float) -> None:
    """It kept counting: a data gap. It stood still: an outage, whatever the logger says."""
    counted = of(with_values(silence), daily(WEEK.energy * 0.99))[1]
    assert (counted.outage, counted.gap, counted.time) == (0, 2, 1)
    stood = of(with_values(silence), daily(np.nan_to_num(with_values(silence)) * 0.99))[1]
    assert (stood.outage, stood.gap) == (2, 0)
    assert stood.lost == pytest.approx(WEEK.energy[NOON : NOON + 2].sum())


def test_what_the_meter_counted_in_an_outage_was_not_lost() -> None:
    part = WEEK.energy.copy()
    part[NOON : NOON + 2] *= 0.25
    found = of(with_values(0.0), daily(part))[1]
    assert found.outage == 2 and found.lost == pytest.approx(0.75 * WEEK.energy[NOON : NOON + 2].sum())
    assert found.energy == pytest.approx(part.sum() / WEEK.energy.sum())


def test_a_gap_of_the_meter_settles_nothing() -> None:
    meter = daily(WEEK.energy)
    meter.values[2] = math.nan
    assert of(with_values(0.0), meter)[1].outage == 2
    assert of(with_values(math.nan), meter)[1].gap == 2


def test_a_meter_in_hours_decides_by_the_hour() -> None:
    energy = with_values(math.nan)
    hours = WEEK.energy.copy()
    hours[NOON] = 0.0
    state = of(energy, WEEK.series(hours))[0].state
    assert state[NOON : NOON + 2].tolist() == [OUTAGE, GAP]


def test_without_light_known_nothing_is_said() -> None:
    expected = WEEK.energy / 0.9
    expected[NOON : NOON + 3] = math.nan
    found, all_week = of(with_values(0.0), None, WEEK.series(expected))
    assert found.state[NOON : NOON + 3].tolist() == [UNLIT] * 3
    assert all_week.unlit == 3 and all_week.outage == 0 and all_week.time == 1


def test_a_night_has_no_availability() -> None:
    found = of(WEEK.energy)[0]
    night = availability(found, WEEK.start, WEEK.start + 4 * 3600)
    assert night.time is None and night.energy is None


def test_a_week_of_standstill_is_no_less_than_nothing() -> None:
    assert of(WEEK.energy * 0)[1].energy == 0


@given(repeated(st.sampled_from([1.0, 0.0, math.nan]), 168, 168), st.booleans())
def test_hours_and_energies_add_up(what: list[float], metered: bool) -> None:
    energy = WEEK.energy * np.array(what)
    revenue = daily(np.nan_to_num(energy)) if metered else None
    found, all_week = of(energy, revenue)
    light = float((EXPECTED.values >= 0.05 * P0).sum())
    assert all_week.running + all_week.outage + all_week.gap + all_week.unlit == light
    assert all_week.lost >= 0 and (found.lost >= 0).all() and (found.lost <= found.potential + 1e-9).all()
    assert all_week.time is None or 0 <= all_week.time <= 1
    assert all_week.energy is None or 0 <= all_week.energy <= 1 + 1e-12
    days = [availability(found, WEEK.start + d * 86_400, WEEK.start + (d + 1) * 86_400) for d in range(7)]
    assert sum(day.outage for day in days) == all_week.outage
    assert math.isclose(sum(day.lost for day in days), all_week.lost, abs_tol=1e-9)


def test_availability_needs_power() -> None:
    with pytest.raises(UserError, match="DC power"):
        states(EXPECTED, EXPECTED, 0.0)


class TestCurtailment:
    LIMIT = 60.0

    def test_what_the_limit_took(self) -> None:
        held = np.minimum(WEEK.energy, self.LIMIT)
        found = curtailment(WEEK.series(held), EXPECTED, self.LIMIT)
        assert found.ratio == pytest.approx(0.9)
        assert found.total == pytest.approx((WEEK.energy - held).sum())
        assert found.hours == (WEEK.energy > self.LIMIT).sum()
        assert found.within(WEEK.start, WEEK.start + 86_400) == pytest.approx(found.total / 7, rel=0.02)
        assert "no generation" in str(found.note)

    def test_a_model_that_is_too_bright_curtails_nothing(self) -> None:
        bright = WEEK.series(WEEK.energy * 1.5)
        assert curtailment(WEEK.series(WEEK.energy), bright, 1000.0).total == 0

    def test_a_limit_that_was_switched_on(self) -> None:
        limits = np.full(168, 1000.0)
        limits[NOON : NOON + 3] = 0.0
        found = curtailment(WEEK.series(np.minimum(WEEK.energy, limits)), EXPECTED, WEEK.series(limits))
        assert np.flatnonzero(found.held).tolist() == [NOON, NOON + 1, NOON + 2]
        assert found.total == pytest.approx(WEEK.energy[NOON : NOON + 3].sum())

    def test_always_held_takes_the_model_as_it_is(self) -> None:
        found = curtailment(Series(0, 3600, np.array([50.0])), Series(0, 3600, np.array([70.0])), 50.0)
        assert found.ratio == 1 and found.total == 20

    @given(st.floats(1, 200))
    def test_a_wider_limit_takes_no_more(self, limit: float) -> None:
        def taken(at: float) -> float:
            return curtailment(WEEK.series(np.minimum(WEEK.energy, at)), WEEK.series(WEEK.energy), at).total

        assert taken(limit * 1.1) <= taken(limit) + 1e-9

    def test_what_is_missing_is_not_curtailed(self) -> None:
        nothing = WEEK.series(np.full(168, math.nan))
        assert curtailment(nothing, EXPECTED, 60.0).total == curtailment(EXPECTED, nothing, 60.0).total == 0


class TestLossTree:
    def test_a_system_of_which_all_is_known_leaves_nothing_unexplained(self) -> None:
        tree = loss_tree(
            WEEK.measured(), WEEK.start, WEEK.start + 7 * 86_400, [("soiling", 0.05), ("inverter", 2 / 19)]
        )
        assert abs(tree.unexplained) < Decimal("0.01")
        assert [loss.measured for loss in tree.losses] == [True, False, False]
        heat = tree.losses[0].energy
        assert float(heat) == pytest.approx((-GAMMA * (WEEK.temperature - 25) * P0 * WEEK.sun / 1000).sum(), abs=1e-3)
        assert tree.coverage == 1

    def test_outages_and_curtailment_are_branches(self) -> None:
        held = np.minimum(with_values(0.0), 60.0)
        measured = WEEK.measured(energy=WEEK.series(held), expected=EXPECTED)
        stood = states(WEEK.series(held), EXPECTED, P0)
        cut = curtailment(WEEK.series(held), EXPECTED, 60.0)
        tree = loss_tree(measured, WEEK.start, WEEK.start + 7 * 86_400, [("inverter", 0.15)], stood, cut)
        by_key = {loss.key: loss.energy for loss in tree.losses}
        assert float(by_key["outage"]) == pytest.approx(stood.lost.sum(), abs=1e-3)
        assert float(by_key["curtailment"]) == pytest.approx(cut.total, abs=1e-3)
        share = tree.share(tree.unexplained)
        assert share is not None and abs(share) < Decimal("0.02")

    @given(
        st.floats(-1e7, 1e7),
        st.lists(st.tuples(st.sampled_from(sorted(TITLES)), st.floats(-1e6, 1e6), st.booleans()), max_size=12),
        st.floats(0, 1e7),
    )
    def test_it_closes_exactly(self, reference: float, losses: list[tuple[str, float, bool]], energy: float) -> None:
        tree = close(reference, losses, energy)
        assert tree.reference - sum((one.energy for one in tree.losses), tree.unexplained) == tree.energy
        assert abs(float(tree.energy) - energy) <= 0.0006

    def test_gaps_are_not_losses(self) -> None:
        holes = WEEK.energy.copy()
        holes[NOON : NOON + 3] = math.nan
        measured = WEEK.measured(energy=WEEK.series(holes))
        tree = loss_tree(measured, WEEK.start, WEEK.start + 7 * 86_400, [("inverter", 0.15)])
        assert abs(tree.unexplained) < Decimal("0.01") and tree.coverage == pytest.approx(165 / 168)

    def test_too_many_explanations_are_seen(self) -> None:
        assert close(100.0, [("soiling", 30.0, False)], 80.0).unexplained == Decimal(-10)

    def test_in_the_dark_there_is_no_share(self) -> None:
        assert close(0.0, [], 0.0).share(Decimal(1)) is None

    def test_every_step_of_the_model_has_a_name(self) -> None:
        assert set(STEPS) <= set(TITLES)

    def test_the_model_lends_its_losses(self) -> None:
        from core.solar.chain import loss_tree as modelled
        from core.solar.losses import Losses

        steps = modelled((100.0, 97.0, 92.0, 79.0, 76.0, 75.0, 74.0), Losses())
        keys = [key for key, _ in assumed(steps, measured_temperature=True)]
        assert "temperature" not in keys and "availability" not in keys and "snow" not in keys
        assert keys[0] == "glass" and keys[-3:] == ["inverter", "clipping", "limit"]
        assert dict(assumed(steps, measured_temperature=False))["temperature"] == pytest.approx(5 / 97)
