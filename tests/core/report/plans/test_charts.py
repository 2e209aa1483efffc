"""The cost curve and the timeline: inside the chart, as wide and as high as they say, nothing on anything else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from reportlab.graphics.shapes import Circle, Rect, String

from core.report.plans.cost_curve import Block, cost_curve
from core.report.plans.gantt import ON_A_CHART, Span, gantt
from core.report.style import SCOPE1, SIGNAL, WHITE
from tests.core.report.test_charts import HUGE, LONG, assert_inside, texts

AXES = ("Cost, CNY/t", "Saved, t a year")
TODAY = date(2026, 3, 5)


def block(tonnes: str, cost: str, sign: str = "1") -> Block:
    return Block(sign, Decimal(tonnes), Decimal(cost))


def bars(drawing: Any) -> list[Any]:
    return sorted((one for one in drawing.contents if isinstance(one, Rect)), key=lambda one: one.x)


@pytest.mark.parametrize("value", [Decimal("0.00001"), Decimal(12), HUGE])
@pytest.mark.parametrize("sign", [1, -1])
def test_no_bar_leaves_the_curve(value: Decimal, sign: int) -> None:
    blocks = [Block(str(n), value, sign * value / n) for n in range(1, 4)]
    assert_inside(cost_curve(blocks, 482, 156, AXES))
    assert_inside(cost_curve([], 482, 156, AXES))


def test_bars_are_as_wide_as_their_tonnes_and_as_high_as_their_cost() -> None:
    first, second = bars(cost_curve([block("100", "50"), block("300", "200", "2")], 482, 156, AXES))
    assert (second.width + 0.5) / (first.width + 0.5) == pytest.approx(3)
    assert second.height / first.height == pytest.approx(4)
    assert second.x == pytest.approx(first.x + first.width + 0.5)


def test_what_earns_hangs_below_the_line() -> None:
    earning, costing = bars(cost_curve([block("100", "-50"), block("100", "50", "2")], 482, 156, AXES))
    assert earning.y + earning.height == pytest.approx(costing.y)


def test_every_bar_has_its_sign_and_no_sign_lies_on_another() -> None:
    blocks = [block("1", "10", "1"), block("1", "20", "2"), block("1", "30", "3"), block("9000", "40", "4")]
    drawing = cost_curve(blocks, 482, 156, AXES)
    signs = sorted((one.x, one.text) for one in drawing.contents if isinstance(one, String) and one.text in "1234")
    assert [text for _, text in signs] == ["1", "2", "3", "4"]
    assert all(right - left >= 5 for (left, _), (right, _) in pairwise(signs))
    assert texts(drawing).split()[-1] == "9,003"


def test_hundreds_of_bars_drop_signs_and_no_bar() -> None:
    drawing = cost_curve([block("1", str(n), str(n)) for n in range(1, 301)], 482, 156, AXES)
    assert_inside(drawing)
    assert len(bars(drawing)) == 300


def span(name: str = "Roof", first: int = 2026, last: int = 2030, **more: Any) -> Span:
    return Span(name, date(first, 1, 1), date(first, 7, 1), date(last, 12, 31), **more)


def test_a_span_stands_where_its_years_are() -> None:
    (chart,) = gantt([span()], (2025, 2034), TODAY, 482)
    (box,) = bars(chart)
    year = (482 - 178) / 10
    assert box.x == pytest.approx(178 + year * 1.4959, abs=0.1)
    assert box.x + box.width == pytest.approx(178 + year * 6, abs=0.2)


def test_what_lies_outside_of_the_years_is_cut_at_the_edge() -> None:
    charts = gantt([span(LONG, 1, 9999, planned=True), span("Later", 2090, 2099)], (2025, 2034), TODAY, 482)
    assert_inside(charts[0])
    assert_inside(gantt([span(first=2026, last=2020)], (2026, 2027), TODAY, 482)[0])


def test_milestones_look_as_they_stand() -> None:
    marks = ((date(2026, 1, 1), "done"), (date(2026, 2, 1), "late"), (date(2027, 2, 1), "due"))
    (chart,) = gantt([span(marks=marks)], (2025, 2034), TODAY, 482)
    dots = [one for one in chart.contents if isinstance(one, Circle)]
    fills = [(one.fillColor.red, one.fillColor.green, one.fillColor.blue) for one in dots]
    assert fills[1:] == [SIGNAL, WHITE]
    assert fills[0] not in (SIGNAL, WHITE, SCOPE1)
    assert [one.cx for one in dots] == sorted(one.cx for one in dots)


def test_a_heading_has_no_bar() -> None:
    (chart,) = gantt([Span("Energy")], (2025, 2034), TODAY, 482)
    assert "Energy" in texts(chart)
    assert [one.width for one in bars(chart)] == [482]


def test_long_plans_go_on_in_the_next_chart() -> None:
    charts = gantt([span(f"A{n}") for n in range(ON_A_CHART * 2 + 1)], (2025, 2034), TODAY, 482)
    assert [len(bars(one)) for one in charts] == [ON_A_CHART, ON_A_CHART, 1]
    assert all(one.height < 620 for one in charts)


def test_today_is_drawn_only_where_it_is_shown() -> None:
    def line(years: tuple[int, int]) -> int:
        (chart,) = gantt([span()], years, TODAY, 482)
        return sum(getattr(one, "strokeColor", None) is not None and one.strokeColor.red == SIGNAL[0]
                   for one in chart.contents)  # fmt: skip

    assert (line((2025, 2030)), line((2027, 2030))) == (1, 0)
