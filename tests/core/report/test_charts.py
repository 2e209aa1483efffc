from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from reportlab.graphics.shapes import Line, Rect, String

from core.report.charts import Bar, Series, compare, hatching, horizontal_bars, month_stack, readable
from core.report.fonts import MissingGlyph
from core.report.style import SCOPE1, SCOPE2, SCOPE3

HUGE, LONG = (
    Decimal("123456789012345.678"),
    "Boiler house of the northern paint shop, second hall 北涂装车间二号锅炉房" * 3,
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def texts(drawing: Any) -> str:
    return " ".join(shape.text for shape in drawing.contents if isinstance(shape, String))


def assert_inside(drawing: Any) -> None:
    for shape in drawing.contents:
        if isinstance(shape, (Rect, Line, String)):
            left, bottom, right, top = shape.getBounds()
            assert left >= -2, shape
            assert right <= drawing.width + 2, shape
            assert bottom >= -4, shape
            assert top <= drawing.height + 4, shape


def series(value: Decimal) -> list[Series]:
    return [Series("Scope 1", (value,) * 12, SCOPE1), Series(LONG, (-value / 3,) * 12, SCOPE3, True)]


@pytest.mark.parametrize("value", [Decimal(0), Decimal("0.00001"), Decimal(12), Decimal(-7), HUGE, -HUGE])
def test_nothing_leaves_the_chart(value: Decimal) -> None:
    bars = [Bar("a", value, SCOPE1), Bar(LONG, Decimal(3), SCOPE2, True)]
    assert_inside(horizontal_bars(bars, 482, "t CO2e", Decimal(50)))
    assert_inside(month_stack(series(value), MONTHS, 482, 170, "t CO2e"))
    assert_inside(compare(bars, bars[:1], ("one", LONG), 482, 180, "t CO2e"))


def test_empty_charts_are_still_drawn() -> None:
    assert_inside(horizontal_bars([], 482, "t CO2e"))
    assert_inside(month_stack([], [], 482, 170, "t CO2e"))
    assert_inside(compare([], [], ("one", "two"), 482, 180, "t CO2e"))


def test_every_value_and_name_is_written_so_colour_carries_nothing_alone() -> None:
    drawing = compare(
        [Bar("Scope 1", Decimal(3), SCOPE1)], [Bar("Scope 2", Decimal(4), SCOPE2)], ("L", "M"), 482, 180, "t"
    )
    assert all(part in texts(drawing) for part in ("Scope 1", "Scope 2", "3.00", "4.00"))
    drawing = horizontal_bars([Bar("Boiler", Decimal("12.5"), SCOPE1)], 482, "t CO2e", Decimal(50))
    assert all(part in texts(drawing) for part in ("Boiler", "12.50 (25.0%)", "t CO₂e"))


def test_a_chart_refuses_what_it_cannot_print() -> None:
    with pytest.raises(MissingGlyph):
        horizontal_bars([Bar("🔥", Decimal(1), SCOPE1)], 482, "t")


@pytest.mark.parametrize(("wide", "tall"), [(30, 4), (4, 30), (10, 10), (0.5, 0.5)])
def test_hatching_stays_inside(wide: float, tall: float) -> None:
    for x1, y1, x2, y2 in hatching(5, 7, wide, tall, 3):
        assert 5 <= min(x1, x2) <= max(x1, x2) <= 5 + wide + 1e-9
        assert 7 <= min(y1, y2) <= max(y1, y2) <= 7 + tall + 1e-9
        assert x1 - x2 == pytest.approx(y2 - y1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0"),
        ("12345.6", "12,346"),
        ("123.44", "123.4"),
        ("1.234", "1.23"),
        ("0.00123", "0.0012"),
        ("-5000", "−5,000"),
    ],
)
def test_readable(value: str, shown: str) -> None:
    assert readable(Decimal(value)) == shown
