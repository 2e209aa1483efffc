"""Submeters against the meter before them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.series import Series
from core.series.children import children_above, tolerance
from tests.core.series.shapes import SHANGHAI, WARSAW, local, meter, seen, with_gap

JANUARY = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("accuracy", "expected"),
    [("0.5S", 0.005), ("0.2 s", 0.002), ("1", 0.01), ("2.0", 0.02), ("0,5S", 0.005), ("B", 0.01), ("c", 0.005),
     ("E", 0.001), ("", 0.02), ("class F", 0.02)],
)  # fmt: skip
def test_the_class_is_the_limit_of_error(accuracy: str, expected: float) -> None:
    assert tolerance(meter(accuracy=accuracy)) == expected


def test_transformers_and_heat() -> None:
    assert tolerance(meter(accuracy="0.5S", multiplier=Decimal(80))) == 0.01
    assert tolerance(meter(accuracy="2", medium="heat")) == 0.05
    assert tolerance(meter(accuracy="B", medium="water", unit="m3")) == 0.02


def children(*values: float, days: int = 60, step: int = 900) -> dict[str, Series]:
    one = local(JANUARY, days, SHANGHAI, step)
    return {f"c{i}": Series(one.start, step, one.values * value) for i, value in enumerate(values)}


def test_more_below_than_above_is_told_by_month() -> None:
    parent = local(JANUARY, 60, SHANGHAI, 900, lambda day, hour: 10.0)
    found = children_above(
        seen(parent, accuracy="0.5S"), children(6.0, 4.2), {k: meter(id=k, accuracy="1") for k in ("c0", "c1")}
    )
    assert [(p.check, p.severity) for p in found] == [("children", "warning")] * 2
    january, february = found
    assert (january.start, january.end) == (parent.start, parent.start + 31 * 86400)
    assert january.count == 31 * 96 and january.amount == pytest.approx(31 * 96 * 0.2)
    assert february.count == 29 * 96
    # 0.5 % of 29,760 and 1 % of 30,355.2
    assert str(january.message) == (
        "2024-01: 2 submeters counted 30,355.2 kWh and the meter before them 29,760 kWh; their classes allow a "
        "difference of 452 kWh."
    )


def test_within_their_classes_and_below_is_right() -> None:
    parent = seen(local(JANUARY, 31, value=lambda day, hour: 10.0), accuracy="1")
    assert children_above(parent, children(10.29, days=31), {}) == ()  # 1 % of 10 and 2 % of 10.29 are 0.3058
    assert children_above(parent, children(10.31, days=31), {}) != ()
    assert children_above(parent, children(3.0, days=31), {}) == ()


def test_missing_values_make_no_excess() -> None:
    parent = local(JANUARY, 31, value=lambda day, hour: 10.0)
    below = children(6.0, 3.0, days=31)
    assert children_above(seen(with_gap(parent, 100, 2000)), below, {}) == ()
    holes = {key: with_gap(one, 50, 60) for key, one in below.items()}
    assert children_above(seen(parent), holes, {}) == ()
    assert children_above(seen(with_gap(parent, 0, len(parent))), children(60.0, days=31), {}) == ()
    assert children_above(seen(Series(0, 900, np.empty(0))), children(60.0), {}) == ()


def test_an_excess_is_found_though_another_child_is_silent() -> None:
    parent = local(JANUARY, 31, value=lambda day, hour: 10.0)
    below = children(12.0, 1.0, days=31)
    below["c1"] = with_gap(below["c1"], 0, len(below["c1"]))
    (problem,) = children_above(seen(parent), below, {})
    assert problem.amount == pytest.approx(2.0 * 31 * 96)


def test_different_steps_compare_in_the_coarsest() -> None:
    parent = local(JANUARY, 31, WARSAW, 3600, lambda day, hour: 40.0)
    quarter = {"c0": local(JANUARY, 31, WARSAW, 900, lambda day, hour: 10.0)}
    assert children_above(seen(parent, WARSAW), quarter, {}) == ()
    more = {"c0": local(JANUARY, 31, WARSAW, 900, lambda day, hour: 11.0)}
    (problem,) = children_above(seen(parent, WARSAW), more, {})
    assert problem.count == 31 * 24 and problem.amount == pytest.approx(31 * 24 * 4.0)
    odd = {"c0": local(JANUARY, 31, WARSAW, 600, lambda day, hour: 11.0 / 1.5)}
    (problem,) = children_above(seen(local(JANUARY, 31, WARSAW, 900, lambda day, hour: 10.0), WARSAW), odd, {})
    assert problem.amount == pytest.approx(31 * 48 * 2.0)


def test_days_of_a_meter_compare_with_quarters_at_local_midnight() -> None:
    """Days of Shanghai begin at 16:00 UTC; they are not cut at midnight of UTC."""
    quarters = {"c0": local(JANUARY, 62, value=lambda day, hour: 1000.0 if day == 30 and hour >= 16 else 1.0)}
    sums = quarters["c0"].values.reshape(62, 96).sum(axis=1)
    parent = Series(quarters["c0"].start, 86400, sums)
    assert children_above(seen(parent, accuracy="0.2S"), quarters, {"c0": meter(id="c0", accuracy="0.2S")}) == ()


def test_a_submeter_in_another_unit_is_named() -> None:
    parent = local(JANUARY, 31, value=lambda day, hour: 10.0)
    others = {"c0": meter(id="c0", name="Hall", unit="MWh"), "c1": meter(id="c1", name="Gas", medium="natural_gas")}
    found = children_above(seen(parent), children(50.0, 50.0, days=31), others)
    assert [str(p.message) for p in found] == [
        "The submeter Hall counts in MWh and cannot be compared.",
        "The submeter Gas counts in kWh and cannot be compared.",
    ]
    assert {p.severity for p in found} == {"info"}


def test_levels_have_no_sums() -> None:
    parent = local(JANUARY, 31)
    assert children_above(seen(parent, medium="temperature"), children(50.0, days=31), {}) == ()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=4), st.sampled_from([300, 900, 3600]))
def test_what_adds_up_is_never_told(parts: list[float], step: int) -> None:
    rng = np.random.default_rng(len(parts))
    below = {}
    for i, part in enumerate(parts):
        one = local(JANUARY, 40, WARSAW, step)
        below[f"c{i}"] = Series(one.start, step, part * rng.random(len(one)))
    total = np.sum([one.values for one in below.values()], axis=0)
    parent = Series(below["c0"].start, step, total)
    exact = {key: meter(id=key, accuracy="0.2S") for key in below}
    assert children_above(seen(parent, WARSAW, accuracy="0.2S"), below, exact) == ()
