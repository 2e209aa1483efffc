"""The load of a demo plant: such that what is bought and fed in is what the bills say."""

from __future__ import annotations

import numpy as np
import pytest

from core.exchange.demo_load import HOLIDAYS, load_of, noise

STEP = 900
DAYS = 28
LOCAL = 1_704_067_200 + STEP * np.arange(DAYS * 96, dtype=np.int64)
"""Four weeks from Monday, 2024-01-01, on."""
SUN = np.maximum(0.0, np.sin((LOCAL % 86_400 / 86_400 - 0.25) * 2 * np.pi)) * 300.0


@pytest.mark.parametrize(("bought", "fed"), [(900_000.0, 40_000.0), (500_000.0, 60_000.0), (700_000.0, 15_000.0)])
def test_purchases_and_feed_in_become_those_of_the_bills(bought: float, fed: float) -> None:
    load = load_of(LOCAL, SUN, [(slice(0, len(LOCAL)), bought, fed)])
    assert (load > 0).all()
    assert np.maximum(load - SUN, 0).sum() == pytest.approx(bought, rel=1e-9)
    weekday = (LOCAL // 86_400 + 3) % 7
    rest = (weekday == 6) | (LOCAL[0] // 86_400 == LOCAL // 86_400)
    assert np.maximum(SUN - load, 0)[rest].sum() > 0.6 * fed, "mostly on Sundays and on New Year's Day"


def test_it_rests_on_sundays_and_holidays() -> None:
    load = load_of(LOCAL, SUN, [(slice(0, len(LOCAL)), 900_000.0, 40_000.0)])
    daily = load.reshape(DAYS, 96).sum(axis=1)
    assert 101 in HOLIDAYS
    assert daily[0] < 0.3 * daily[1] and daily[6] < 0.3 * daily[1], "2024-01-01 and a Sunday"
    assert daily[8] == pytest.approx(daily[1], rel=0.1)


def test_chance_is_the_same_everywhere() -> None:
    """The first outputs of SplitMix64 from seed 0, as published with its reference implementation."""
    published = (0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F)
    assert noise(np.arange(1, 4), 0).tolist() == [(one >> 11) / 2**53 for one in published]
    many = noise(np.arange(100_000), 3)
    assert many.mean() == pytest.approx(0.5, abs=0.005) and many.std() == pytest.approx(12**-0.5, abs=0.005)
    assert (many[:100] != noise(np.arange(100), 4)).all(), "each salt gives its own"
