"""Levels of a waterfall and where its axis begins; a histogram with its limits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Rect

from core.report.histogram import histogram
from core.report.style import SCOPE1, SCOPE2, SOLAR
from core.report.waterfall import Look, cut, levels, waterfall

TONNES = st.decimals(-(10**6), 10**6, places=3)


@given(TONNES, st.lists(TONNES, max_size=9))
def test_each_change_begins_where_the_one_before_ended(start: Decimal, changes: list[Decimal]) -> None:
    assert levels(start, changes)[-1] == start + sum(changes)
    assert len(levels(start, changes)) == len(changes) + 1


@given(st.lists(TONNES, min_size=1))
def test_the_axis_begins_below_everything(totals: list[Decimal]) -> None:
    assert cut(totals) <= min(totals)


@pytest.mark.parametrize(
    ("totals", "zero"), [((10000, 9900, 9950), "9000"), ((100, 10), "0"), ((5, -3), "-3"), ((0, 0), "0"), ((7, 7), "7")]
)
def test_small_changes_cut_the_axis(totals: tuple[int, ...], zero: str) -> None:
    assert cut([Decimal(t) for t in totals]) <= Decimal(zero)
    assert cut([Decimal(t) for t in totals]) >= min(Decimal(0), Decimal(min(totals)))


@given(TONNES, st.lists(st.tuples(st.just("Boiler 锅炉"), TONNES), max_size=5))
def test_any_difference_can_be_drawn(start: Decimal, changes: list[tuple[str, Decimal]]) -> None:
    end = levels(start, [value for _, value in changes])[-1]
    drawing = waterfall(("2021", start), changes, ("2023", end), 480, "t CO2e")
    assert drawing.width == 480


def test_another_look_colours_what_is_lost_and_marks_what_nobody_explains() -> None:
    look = Look(SOLAR, SCOPE2, SCOPE1, hatched=False)
    changes = [("lost", Decimal(-20)), ("gained", Decimal(5)), ("unexplained", Decimal(-5))]
    drawing = waterfall(("light", Decimal(100)), changes, ("meter", Decimal(80)), 480, "MWh", look, frozenset({2}))
    bars = [shape for shape in drawing.contents if isinstance(shape, Rect)]
    assert [tuple(one.fillColor.rgb()) for one in bars[:3]] == [SOLAR, SCOPE1, SCOPE2]
    assert bars[3].strokeColor is not None, "hatched, with a frame"
    assert all(one.strokeColor is None for one in bars[:3])


def test_limits_beyond_the_draws_are_inside_the_chart() -> None:
    limits = [("low", Decimal(-5)), ("mean", Decimal("1.5")), ("high", Decimal(9))]
    edges, counts = [Decimal(n) for n in range(4)], [1, 5, 2]
    drawing = histogram(edges, counts, limits, 480, 100, "t")
    left = [shape.x for shape in drawing.contents if hasattr(shape, "text")]
    assert min(left) >= 0
    assert max(left) <= 480
