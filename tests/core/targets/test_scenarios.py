"""Scenarios side by side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.actions import Baseline
from core.errors import UserError
from core.ledger import Ledger, Scenario
from core.targets.scenarios import compare
from tests.core.actions.plans import BASELINE, action, in_tonnes
from tests.core.samples import PLANT

PLANNED = Scenario("p", "As planned", 2030, statuses=("approved",))
BOLD = Scenario("b", "Bold", 2028, statuses=("approved", "idea"))
LEDGER = Ledger.of([PLANT, action(source="Hall"), in_tonnes("idea", 50, status="idea")])


def test_the_same_years_for_all() -> None:
    found = compare(LEDGER, BASELINE, [PLANNED, BOLD])
    assert [one.scenario.id for one in found.forecasts] == ["p", "b"] and found.parts == ("location",)
    assert [(row.year, row.scenario) for row in found.rows] == [
        (year, key) for year in range(2024, 2029) for key in ("p", "b")
    ]


def test_one_year() -> None:
    planned, bold = compare(LEDGER, BASELINE, [PLANNED, BOLD]).of(2026)
    assert (planned.without, planned.result, planned.against_first) == tuple(map(Decimal, (2030, 1970, 0)))
    assert (bold.without, bold.result, bold.against_first) == tuple(map(Decimal, (2030, 1920, -50)))
    assert bold.against_base == pytest.approx(Decimal(-110) * 100 / 2030)


def test_of_some_parts() -> None:
    planned, bold = compare(LEDGER, BASELINE, [PLANNED, BOLD], ("scope1", "scope2_market")).of(2026)
    assert (planned.result, bold.result) == tuple(map(Decimal, (750, 700)))


def test_with_the_way_of_the_renewable_share() -> None:
    shares = ((2024, Decimal(0)), (2026, Decimal(100)))
    (only,) = compare(LEDGER, BASELINE, [PLANNED], ("market",), shares=shares).of(2026)
    assert only.result == 1370 and only.against_first == 0


def test_from_nothing_there_is_no_percentage() -> None:
    (only,) = compare(LEDGER, Baseline(2024, ()), [PLANNED]).of(2025)
    assert only.result == 0 and only.against_base is None


def test_what_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        compare(LEDGER, BASELINE, [])
    assert caught.value.remedy is not None
    with pytest.raises(UserError):
        compare(LEDGER, BASELINE, [PLANNED, replace(BOLD, last_year=2020)])
