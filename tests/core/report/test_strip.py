"""A number among others: inside the chart, no dot on another, the line where the number is."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Circle, Line, Rect, String

from core.report.strip import strip
from core.report.style import SIGNAL
from tests.core.report.test_charts import assert_inside, texts

VALUE = st.decimals(Decimal("-1E15"), Decimal("1E15"), places=4)


def circles(drawing: Any) -> list[Any]:
    return [shape for shape in drawing.contents if isinstance(shape, Circle)]


@given(st.lists(st.tuples(VALUE, st.booleans()), max_size=40), VALUE, st.none() | st.tuples(VALUE, VALUE))
def test_nothing_leaves_the_chart(others: list[tuple[Decimal, bool]], one: Decimal, allowed: Any) -> None:
    span = None if allowed is None else (min(allowed), max(allowed))
    drawing = strip(others, ("Claim: 0.600", one), span, 482, "t/MWh")
    assert_inside(drawing)
    assert len(circles(drawing)) == len(others)


@given(st.lists(st.decimals(Decimal("0.5"), Decimal("0.7"), places=4), min_size=2, max_size=40))
def test_no_dot_covers_another(values: list[Decimal]) -> None:
    drawing = strip([(value, True) for value in values], ("Claim", Decimal("0.6")), None, 482, "t/MWh")
    for left, right in combinations(circles(drawing), 2):
        assert (left.cx - right.cx) ** 2 + (left.cy - right.cy) ** 2 >= (2 * left.r) ** 2 - 1e-6


def test_the_line_stands_where_the_number_is() -> None:
    drawing = strip([(Decimal("0.6"), True), (Decimal("0.9"), False)], ("Claim: 0.600", Decimal("0.6")),
                    (Decimal("0.56"), Decimal("0.64")), 482, "t/MWh")  # fmt: skip
    (line,) = [one for one in drawing.contents if isinstance(one, Line) and one.strokeWidth == 1.2]
    assert line.x1 == circles(drawing)[0].cx
    (shade,) = [one for one in drawing.contents if isinstance(one, Rect)]
    assert shade.x < line.x1 < shade.x + shade.width
    assert "Claim: 0.600" in texts(drawing)
    assert tuple(line.strokeColor.rgb()) == SIGNAL


def test_full_dots_and_rings_differ() -> None:
    full, ring = circles(strip([(Decimal(1), True), (Decimal(2), False)], ("x", Decimal(1)), None, 482, "t"))
    assert full.fillColor.rgb() != ring.fillColor.rgb() == (1, 1, 1)
    assert [one.text for one in strip([], ("x", Decimal(1)), None, 482, "t").contents if isinstance(one, String)]
