"""Bars and dots month by month: nothing leaves the chart, a gap is empty, numbers stand below their bars."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from reportlab.graphics.shapes import Circle, Line, Rect, String

from core.report.fonts import MissingGlyph
from core.report.monthly import MARGIN, Bars, Numbers, dots, monthly
from core.report.style import HOLE, SCOPE1, SOLAR
from tests.core.report.test_charts import HUGE, LONG, MONTHS, assert_inside, texts


def bars(*values: Decimal | None, name: str = "Counted") -> Bars:
    return Bars(name, values, SOLAR)


def of(drawing: Any, kind: type) -> list[Any]:
    return [shape for shape in drawing.contents if isinstance(shape, kind)]


@pytest.mark.parametrize("value", [None, Decimal(0), Decimal("0.00001"), Decimal(12), Decimal(-7), HUGE, -HUGE])
def test_nothing_leaves_the_chart(value: Decimal | None) -> None:
    row = Numbers(LONG, (str(value) * 2,) * 12, (HOLE,) * 12)
    assert_inside(monthly([bars(*[value] * 12), bars(*[value] * 12, name=LONG)], [row] * 3, MONTHS, 482, 112, "MWh"))
    assert_inside(dots([value] * 12, MONTHS, 482, 92, "PR", SCOPE1))


def test_a_month_without_a_value_has_no_bar() -> None:
    whole, gap = (
        len(of(monthly([bars(*values)], [], MONTHS[:2], 482, 112, "MWh"), Rect))
        for values in ((Decimal(1), Decimal(2)), (Decimal(1), None))
    )
    assert (whole, gap) == (3, 2), "one is the key"


def test_numbers_stand_in_the_middle_below_their_bars() -> None:
    drawing = monthly(
        [bars(Decimal(3), Decimal(4))], [Numbers("Counted", ("3.0", "4.0"))], ["Jan", "Feb"], 482, 80, "t"
    )
    step = (482 - MARGIN) / 2
    for place, text in enumerate(("3.0", "4.0")):
        (one,) = [shape for shape in of(drawing, String) if shape.text == text]
        assert MARGIN + step * place < one.x < MARGIN + step * (place + 1)
    assert all(part in texts(drawing) for part in ("Counted", "Jan", "Feb"))


def test_higher_is_more_and_below_zero_goes_down() -> None:
    drawing = monthly([bars(Decimal(1), Decimal(3), Decimal(-2))], [], MONTHS[:3], 482, 100, "t")
    small, large, below = of(drawing, Rect)[1:]
    assert large.height == pytest.approx(3 * small.height)
    assert below.y + below.height == pytest.approx(small.y)


def test_a_line_of_dots_stops_at_a_gap() -> None:
    known = [Decimal("0.8"), Decimal("0.82"), None, Decimal("0.79")]
    drawing = dots(known, MONTHS[:4], 482, 92, "PR", SCOPE1)
    assert len(of(drawing, Circle)) == 3
    assert len([one for one in of(drawing, Line) if one.strokeWidth == 1.0]) == 1
    assert "0.820" in texts(drawing)


def test_the_empty_and_the_unprintable() -> None:
    assert_inside(monthly([], [], [], 482, 112, "MWh"))
    assert_inside(dots([], [], 482, 92, "PR", SCOPE1))
    with pytest.raises(MissingGlyph):
        monthly([bars(Decimal(1), name="🔥")], [], ["Jan"], 482, 112, "MWh")
