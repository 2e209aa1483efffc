"""Hourly matching in plain values: sums that add up, percentages that never round up."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.handover.matching_checks import matching_contradictions
from core.inventory import Period
from core.inventory.energy.matching import StatedMatching
from core.inventory.energy.reading import read
from core.renewables import hourly_plain as module
from core.renewables.flexing import variants
from core.renewables.hourly import Supply, match
from core.renewables.hourly_meters import Matching, matching_of
from core.renewables.hourly_plain import matched_to_plain, percent_down, tenths, variants_to_plain
from core.series import Series
from core.solar.battery import Battery
from tests.core.renewables.metered_plants import DAY, START, ZONE, plant, sunny
from tests.documented import run_examples

AMOUNTS = st.one_of(st.floats(0, 1e7), st.just(float("nan")), st.just(0.0))
ROWS = st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=50)


def stated(matching: Matching) -> dict[str, Any]:
    said = matched_to_plain(matching)
    assert said is not None
    plain: dict[str, Any] = json.loads(json.dumps(said))
    return plain


def made(rows: list[tuple[float, float, float]], step: int = 86_400 // 24) -> Matching:
    """Hours that are far apart, so that they lie in several months."""
    load, own, wind = (np.repeat(column, 24) / 24 for column in np.array(rows).T)
    held = [Supply("pv", "Roof", "own", Series(START, step, own)), Supply("w", "Wind", "ppa_virtual",
                                                                         Series(START, step, wind))]  # fmt: skip
    return Matching(DAY, match(Series(START, step, load), held, ZONE), (), (), (), (), tuple(held), ())


def test_examples_run() -> None:
    result = run_examples(module)
    assert result.attempted and not result.failed


def test_a_day_in_plain_values() -> None:
    row = {
        "load_kwh": "120", "supply_kwh": "96", "matched_kwh": "60", "score_percent": "50", "volumetric_percent": "80",
        "unmatched_hours": 12, "present": 24, "expected": 24,
    }  # fmt: skip
    assert stated(matching_of(sunny(), DAY)) == {
        "interval": 3600,
        "estimated": 0,
        **row,
        "months": [{"month": "2025-01", **row}],
        "supplies": [{"id": "pv1", "name": "Roof PV", "kind": "own", "supply_kwh": "96", "matched_kwh": "60"}],
        "notes": [],
    }


def test_without_a_load_there_is_nothing_to_state() -> None:
    assert matched_to_plain(matching_of(plant(), DAY)) is None


def test_without_values_there_are_no_percentages() -> None:
    said = stated(matching_of(sunny(), Period(DAY.start.replace(year=2026), DAY.start.replace(year=2026))))
    assert (said["load_kwh"], said["score_percent"], said["present"], said["expected"]) == ("0", None, 0, 24)


@given(ROWS)
def test_whatever_is_matched_is_stated_without_contradiction(rows: list[tuple[float, float, float]]) -> None:
    said = stated(made(rows))
    found = read(StatedMatching, said)
    assert list(matching_contradictions(found)) == []
    assert found.matched_kwh == sum(month.matched_kwh for month in found.months)
    assert found.unmatched_kwh >= 0


@given(st.decimals(0, 10**9, places=1), st.decimals(0, 10**9, places=1))
def test_a_hundred_percent_is_all_of_it(part: Decimal, more: Decimal) -> None:
    whole = part + more
    found = percent_down(part, whole)
    if not whole:
        assert found is None
    else:
        assert found is not None and 0 <= found <= 100
        assert (found == 100) == (more == 0)


def test_no_negative_zero() -> None:
    assert str(tenths(-0.01)) == "0.0"
    assert str(tenths(2.25)) == "2.2" and str(tenths(2.35)) == "2.4"  # to the even digit, of exact decimals


def test_variants_in_plain_values() -> None:
    matched = matching_of(sunny(), DAY).matched
    assert matched is not None
    battery, shift = variants_to_plain(variants(matched, [Battery(20.0, 10.0, 1.0)], (0.1,)))
    # Of 36 kWh over, 20 find room; six hours of the evening need 30.
    assert [battery[key] for key in ("kind", "capacity_kwh", "power_kw", "share_percent")] == [
        "storage",
        "20",
        "10",
        None,
    ]
    assert [battery[key] for key in ("moved_kwh", "lost_kwh", "matched_kwh", "score_percent")] == [
        "20", "0", "80", "66.66"
    ]  # fmt: skip
    assert [shift[key] for key in ("kind", "capacity_kwh", "share_percent", "moved_kwh", "score_percent")] == [
        "shift", None, "10", "6", "55"
    ]  # fmt: skip


def test_a_matching_by_the_day_has_its_name() -> None:
    said = stated(matching_of(sunny(), DAY, "day"))
    assert (said["interval"], said["score_percent"]) == ("day", "80")
    assert read(StatedMatching, said).interval == "day"


@pytest.mark.parametrize("key", ["notes", "supplies", "months", "interval", "present", "score_percent"])
def test_no_key_may_be_missing(key: str) -> None:
    said = stated(matching_of(sunny(), DAY))
    del said[key]
    with pytest.raises(ValueError, match=f"{key} is missing"):
        read(StatedMatching, said)
