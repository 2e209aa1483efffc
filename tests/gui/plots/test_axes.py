from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gui.plots.axes import beside, reading, ruler, tight

numbers = st.floats(-1e9, 1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.0, 132.0, ["0", "50", "100", "150"]),
        (58.0, 131.0, ["0", "50", "100", "150"]),
        (118.0, 131.0, ["115", "120", "125", "130", "135"]),
        (-12.0, 31.0, ["−20", "−10", "0", "10", "20", "30", "40"]),
        (0.0, 0.042, ["0", "0.01", "0.02", "0.03", "0.04", "0.05"]),
        (1200.0, 18_000.0, ["0", "5,000", "10,000", "15,000", "20,000"]),
    ],
)
def test_an_axis_goes_from_round_number_to_round_number(low: float, high: float, words: list[str]) -> None:
    assert ruler(low, high).words == words


@given(numbers, numbers)
def test_every_value_lies_on_the_axis_and_few_numbers_stand_at_it(one: float, other: float) -> None:
    low, high = sorted((one, other))
    made = ruler(low, high)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert made.low <= low + slack and made.high >= high - slack
    assert 2 <= len(made.ticks) <= 9


@given(numbers, numbers, numbers, numbers)
def test_two_axes_of_a_plot_share_the_lines_of_the_grid(a: float, b: float, c: float, d: float) -> None:
    assume(abs(c - d) > 1e-3)
    left = ruler(*sorted((a, b)))
    low, high = sorted((c, d))
    right = beside(left, low, high)
    assert len(right.ticks) == len(left.ticks) == left.parts + 1
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert right.low <= low + slack and right.high >= high - slack


@pytest.mark.parametrize(("low", "high"), [(math.nan, math.nan), (0.0, 0.0), (5.0, 5.0), (-3.0, -3.0), (0.0, math.inf)])
def test_an_axis_exists_where_nothing_differs(low: float, high: float) -> None:
    made = ruler(low, high)
    assert made.high > made.low
    assert len(made.ticks) == len(made.words) >= 2


def test_a_scale_of_colours_ends_where_the_values_do() -> None:
    made = tight(21.3, 158.0)
    assert (made.low, made.high) == (21.3, 158.0)
    assert made.words == ["50", "100", "150"]
    assert tight(4.0, 4.0).high > 4.0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "0"),
        (132.4567, "132.5"),
        (94.7, "94.7"),
        (1_234_567.8, "1,234,568"),
        (0.012345, "0.01235"),
        (3e-7, "3e-07"),
        (-5.0, "-5"),
        (math.nan, "–"),
    ],
)
def test_a_value_is_read_with_four_digits(value: float, words: str) -> None:
    assert reading(value) == words
