"""Planned against measured effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.actions import Ahead, follow, followed_up
from core.i18n import T
from core.ledger import Ledger
from core.library import load_library
from tests.core.actions.plans import BASELINE, action, d, in_tonnes
from tests.core.samples import PLANT
from tests.core.savings.measures import measure, saving

LED = saving("lighting")
"""91,200 kWh of electricity in 2024."""


def test_without_a_measure() -> None:
    found = follow(action(), [LED], BASELINE)
    assert (found.state, found.percent, found.years) == ("none", None, ())
    assert str(found.text) == "Not measured: no savings measure is named"


def test_a_measure_that_does_not_exist_or_cannot_be_calculated() -> None:
    plan = action(measure="s9")
    found = follow(plan, [LED], BASELINE)
    assert found.state == "no_data" and str(found.reason) == "The measure s9 does not exist."
    assert str(follow(plan, [], BASELINE, {"s9": T("Nothing is measured yet.")}).reason) == "Nothing is measured yet."
    assert str(found.text) == "Not measured: the savings measure has no result"


def test_measured_in_percent_of_the_plan() -> None:
    plan = action(start=date(2024, 1, 1), measure="s1", energy=114_000)
    found = follow(plan, [LED], BASELINE)
    (year,) = found.years
    assert (year.year, year.planned_kwh, year.measured_kwh) == (2024, *d(114_000, 91_200))
    assert found.percent == 80 and str(found.text) == "Measured: 80 % of the plan"
    assert year.planned_tonnes == Decimal("68.4")  # 0.6 kg/kWh of the baseline
    assert year.measured_tonnes == LED.years[0].tonnes > 0


def test_the_plan_of_the_same_days() -> None:
    """Half a year is measured; the action began within it and ramps up."""
    half = saving("lighting", end="2024-06-30")
    plan = action(start=date(2024, 4, 1), measure="s1", energy=100_000, ramp=(("1", "50"),))
    (year,) = follow(plan, [half], BASELINE).years
    assert year.planned_kwh == pytest.approx(Decimal(50_000) * 91 / 366, abs=Decimal("1e-6"))
    assert year.measured_kwh == pytest.approx(Decimal(91_200) * 182 / 366, abs=Decimal("1e-6"))


def test_several_years_count_together() -> None:
    two = saving("lighting", end="2025-12-31")
    plan = action(start=date(2024, 1, 1), measure="s1", energy=100_000, ramp=(("1", "50"),))
    found = follow(plan, [two], BASELINE)
    assert [one.planned_kwh for one in found.years] == [50_000, 100_000]
    assert found.percent == pytest.approx(Decimal(182_400) / 1500)


def test_a_plan_in_tonnes_is_held_against_tonnes() -> None:
    plan = in_tonnes(part="scope2_location", source="Hall", tonnes=100, start=date(2024, 1, 1), measure="s1")
    found = follow(plan, [LED], BASELINE)
    assert found.years[0].planned_kwh == 0 and found.years[0].planned_tonnes == 100
    assert found.percent == LED.years[0].tonnes


def test_another_carrier_is_not_what_was_planned() -> None:
    plan = action(part="scope1", item="natural_gas", start=date(2024, 1, 1), measure="s1", energy=100)
    found = follow(plan, [LED], BASELINE)
    assert found.years[0].measured_kwh == 0 and found.percent == 0


def test_before_its_start_nothing_was_planned() -> None:
    found = follow(action(start=date(2026, 1, 1), measure="s1"), [LED], BASELINE)
    assert found.state == "measured" and found.percent is None
    assert str(found.text) == "Measured"


def test_energy_of_a_plan_is_known_without_a_source() -> None:
    plan = action(start=date(2024, 1, 1), source="Nowhere", measure="s1", energy=100)
    assert follow(plan, [LED], BASELINE).years[0].planned_kwh == 100


def test_the_grid_of_the_year() -> None:
    later = replace(BASELINE, year=2022)
    plan = action(start=date(2024, 1, 1), measure="s1", energy=100_000)
    way = Ahead(2022, Decimal(50))
    assert follow(plan, [LED], later, ahead=way).years[0].planned_tonnes == 15


def test_all_of_a_ledger() -> None:
    lights = measure("lighting")
    broken = replace(measure("lighting", "s2"), parameters=())
    made = [action("a", start=date(2024, 1, 1), measure="s1"), action("b"), action("c", measure="s2"),
            action("d", measure="s3")]  # fmt: skip
    found = followed_up(Ledger.of([PLANT, *made, lights, broken]), load_library(), BASELINE)
    assert [(one.action.id, one.state) for one in found] == [
        ("a", "measured"), ("b", "none"), ("c", "no_data"), ("d", "no_data"),
    ]  # fmt: skip
    assert found[2].reason is not None and "s2" not in str(found[2].reason)
    assert str(found[3].reason) == "The measure s3 does not exist."


def test_no_measure_at_all_asks_no_savings() -> None:
    found = followed_up(Ledger.of([PLANT, action()]), load_library(), BASELINE)
    assert [one.state for one in found] == ["none"]
