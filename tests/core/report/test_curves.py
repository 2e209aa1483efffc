"""Lines over years: inside the chart, each named where it ends, no name on another."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from reportlab.graphics.shapes import Circle, PolyLine, String

from core.report.curves import Curve, curves
from core.report.style import SCOPE1, SCOPE2
from tests.core.report.test_charts import HUGE, LONG, assert_inside, texts

YEARS = [str(year) for year in range(2022, 2047)]


def line(name: str, *values: Decimal | None, dashed: bool = False) -> Curve:
    return Curve(name, values, SCOPE1, dashed)


def drawn(drawing: Any) -> list[Any]:
    return [shape for shape in drawing.contents if isinstance(shape, PolyLine)]


@pytest.mark.parametrize("value", [Decimal(0), Decimal("0.00001"), Decimal(12), Decimal(-7), HUGE, -HUGE])
def test_nothing_leaves_the_chart(value: Decimal) -> None:
    lines = [line("P50", *[value] * 25), line(LONG, *[value / 3] * 25, dashed=True)]
    drawing = curves(lines, YEARS, 482, 118, "MWh")
    assert_inside(drawing)
    points = [point for one in drawn(drawing) for point in one.points]
    assert all(0 <= x <= 482 for x in points[::2])
    assert all(0 <= y <= 118 for y in points[1::2])


def test_each_line_is_named_with_its_last_value_where_it_ends() -> None:
    drawing = curves([line("Frozen", Decimal(9), Decimal(8)), line("Falling", Decimal(9), Decimal(4))], ["1", "2"], 482,
                     118, "t")  # fmt: skip
    placed = {shape.text: shape.y for shape in drawing.contents if isinstance(shape, String)}
    assert placed["Frozen"] > placed["Falling"]
    assert placed["8.00"] > placed["4.00"]


def test_names_of_equal_lines_stand_above_each_other() -> None:
    equal = [Curve(f"Line {n}", (Decimal(5), Decimal(5)), SCOPE2) for n in range(3)]
    drawing = curves(equal, ["1", "2"], 482, 118, "t")
    heights = sorted(shape.y for shape in drawing.contents if isinstance(shape, String) and "Line" in shape.text)
    assert all(above - below > 9 for below, above in pairwise(heights))


def test_the_first_and_the_last_year_are_written() -> None:
    said = texts(curves([line("P50", *[Decimal(1)] * 25)], YEARS, 482, 118, "t")).split()
    assert "2022" in said and "2046" in said
    assert sum(one in YEARS for one in said) <= 7


def test_what_is_not_known_is_not_drawn() -> None:
    assert drawn(curves([line("P50", None, None)], ["1", "2"], 482, 118, "t")) == []
    assert_inside(curves([], [], 482, 118, "t"))
    assert_inside(curves([line("P50", Decimal(1))], ["1"], 482, 118, "t"))


def test_dashes_tell_lines_apart_without_colour() -> None:
    one, other = drawn(curves([line("a", Decimal(1), Decimal(2)), line("b", Decimal(2), Decimal(1), dashed=True)],
                              ["1", "2"], 482, 118, "t"))  # fmt: skip
    assert one.strokeDashArray is None
    assert other.strokeDashArray


def test_what_was_measured_has_a_dot_for_each_value_and_one_alone_too() -> None:
    def dots(*values: Decimal | None) -> int:
        one = Curve("Emitted", values, SCOPE1, marked=True)
        drawing = curves([one, line("Pathway", Decimal(3), Decimal(2), Decimal(1))], ["1", "2", "3"], 482, 118, "t")
        assert_inside(drawing)
        return sum(isinstance(shape, Circle) for shape in drawing.contents)

    assert dots(Decimal(1), None, Decimal(2)) == 2
    assert dots(None, Decimal(2), None) == 1
