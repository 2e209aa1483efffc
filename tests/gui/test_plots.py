from __future__ import annotations

import pytest

from gui.plots import nice


@pytest.mark.parametrize(
    ("most", "end"), [(1964.0, 2000.0), (450.0, 500.0), (500.0, 500.0), (0.031, 0.04), (12.0, 15.0), (7.0, 8.0)]
)
def test_the_axis_ends_at_a_round_number_not_below_the_bars(most: float, end: float) -> None:
    assert nice(most) == pytest.approx(end)
