"""Round numbers along an axis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.report.axis import tick_text, ticks

EDGE = st.floats(-1e15, 1e15).filter(lambda one: one == 0 or abs(one) > 1e-9)


@given(EDGE, EDGE, st.integers(1, 8))
def test_they_reach_from_below_to_above_and_are_few(one: float, other: float, most: int) -> None:
    low, high = sorted((one, other))
    found = ticks(low, high, most)
    slack = 1e-8 * max(abs(low), abs(high), high - low)
    assert found[0] <= low + slack
    assert found[-1] >= high - slack
    assert 2 <= len(found) <= most + 3
    assert found == sorted(set(found))


@pytest.mark.parametrize(
    ("low", "high", "most", "found"),
    [
        (0, 2637, 5, [0, 1000, 2000, 3000]),
        (0.8, 0.87, 3, [0.8, 0.825, 0.85, 0.875]),
        (0, 0.9, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-30, 50, 4, [-40, -20, 0, 20, 40, 60]),
    ],
)
def test_they_are_round(low: float, high: float, most: int, found: list[float]) -> None:
    assert ticks(low, high, most) == found


@pytest.mark.parametrize("value", [0.0, 7.0, -3.0])
def test_one_number_alone_has_an_axis_too(value: float) -> None:
    found = ticks(value, value)
    assert found[0] < value < found[-1]


@pytest.mark.parametrize(
    ("value", "text"), [(1500, "1,500"), (0.85, "0.85"), (0, "0"), (-20, "−20"), (2.5, "2.5"), (1e-7, "0")]
)
def test_they_are_written_with_the_figures_they_need(value: float, text: str) -> None:
    assert tick_text(value) == text
