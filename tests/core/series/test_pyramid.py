"""The extremes are exact, wherever one looks and however long the series is."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.series.pyramid import FACTOR, Pyramid

NAN = math.nan


def extremes(part: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, float]:
    known = part[~np.isnan(part)]
    return (float(known.min()), float(known.max())) if known.size else (NAN, NAN)


def same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


@given(
    st.sampled_from([0, 1, 15, 16, 17, 255, 256, 257, 4095, 4097, 70_001]),
    st.integers(0, 3),
    st.sampled_from([0.0, 0.3, 0.999, 1.0]),
    st.floats(-0.1, 1.1),
    st.floats(-0.1, 1.1),
    st.integers(0, 300),
)
def test_extremes_are_those_of_the_values(
    n: int, seed: int, missing: float, first: float, last: float, pixels: int
) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=n)
    values[rng.random(n) < missing] = np.nan
    a, b = int(first * n), int(last * n)
    x, low, high = Pyramid(values).span(a, b, pixels)
    inside = range(n)[max(a, 0) : max(b, 0)]
    assert len(x) == len(low) == len(high) <= max(2 * max(pixels, 1), pixels + 1)
    if not len(inside):
        assert not len(x)
        return
    edges = [*x.tolist(), inside.stop]
    assert edges[0] == inside.start and all(p < q for p, q in pairwise(edges))
    for (p, q), least, most in zip(pairwise(edges), low.tolist(), high.tolist(), strict=True):
        expected = extremes(values[p:q])
        assert same(least, expected[0]) and same(most, expected[1])


def test_few_values_are_shown_one_by_one() -> None:
    values = np.arange(100.0)
    x, low, high = Pyramid(values).span(10, 20, 5)
    assert x.tolist() == list(range(10, 20))
    assert low.tolist() == high.tolist() == values[10:20].tolist()


@pytest.mark.parametrize("pixels", [100, 333, 1920])
def test_a_drawing_that_is_moved_shows_the_same_pieces(pixels: int) -> None:
    pyramid = Pyramid(np.random.default_rng(1).random(300_000))
    one = dict(zip(*(part.tolist() for part in pyramid.span(1000, 201_000, pixels)[:2]), strict=True))
    other = dict(zip(*(part.tolist() for part in pyramid.span(1777, 201_777, pixels)[:2]), strict=True))
    inner = [x for x in one if 2000 + 200_000 // pixels * 2 < x < 195_000]
    assert len(inner) > pixels // 2 * 0.8
    assert all(one[x] == other[x] for x in inner)


def test_at_least_half_the_pixels_are_used() -> None:
    pyramid = Pyramid(np.random.default_rng(1).random(100_000))
    for count in range(2001, 100_000, 997):
        assert 450 <= len(pyramid.span(5, 5 + count, 1000)[0]) <= 1001 or count <= 2000


def test_a_single_spike_is_never_lost() -> None:
    values = np.zeros(FACTOR**2 * 3 + 7)
    for at in (0, 1, FACTOR, FACTOR**2 - 1, FACTOR**2, FACTOR**2 * 3 + 6):
        values[:] = 0.0
        values[at] = 9.0
        assert Pyramid(values).span(0, len(values), 50)[2].max() == 9.0
