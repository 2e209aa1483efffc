"""What the rules about the management plan say, and of what they keep silent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.checks import Review, all_rules
from core.ledger import Evidence, Meter, PlanItem, Record
from core.methods import Finding
from tests.core.checks.examples import bills, changed, gas, pv, travel
from tests.core.samples import activity, compiled, month, year_of_bills

KEYS = [key for key in all_rules() if key.startswith("plan_")]
LINE = PlanItem("pl1", "Main meter", "electricity", "metered")
METER = Meter("m1", "Feeder", "electricity", "import", "kWh", calibrated_to="2025-06-30")


def found(rule: str, *records: Record) -> list[Finding]:
    return list(all_rules()[rule].findings(Review(compiled(records))))


def line(**fields: object) -> PlanItem:
    return replace(LINE, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", KEYS)
def test_without_a_plan_nothing_is_said(key: str) -> None:
    assert len(KEYS) == 6
    assert found(key, *changed("m03", estimated=True, quantity=Decimal(1)), gas()) == []


def test_every_missing_source_is_named_once() -> None:
    (one,) = found("plan_missing", *year_of_bills(), gas(), gas("h", source="Oven"), travel(), line())
    assert "Boiler (Natural gas)" in str(one.message) and "Oven" in str(one.message)
    assert "Main meter" not in str(one.message) and "Trips" not in str(one.message)


def test_daily_readings_may_be_added_up_by_month() -> None:
    assert found("plan_frequency", *bills(), line(frequency="daily")) == []
    assert found("plan_frequency", activity(), line(frequency="per_delivery")) == []


def test_both_long_records_and_gaps_break_the_frequency() -> None:
    records = [replace(a, end=month(5)["end"]) if a.id == "m01" else a for a in bills() if a.id not in ("m07", "m08")]
    long, gap = found("plan_frequency", *records, line())
    assert "1 records are longer" in str(long.message) and long.subject == "m01"
    assert "from 2023-07-01 to 2023-08-31" in str(gap.message)
    assert found("plan_frequency", *records, line(frequency="yearly")) == []


def proof(**fields: str) -> Evidence:
    return Evidence("e1", "calibration.pdf", "calibration", "0", 1, activities=("m01",), **fields)


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ((), "none is known"),
        ((replace(METER, calibrated_to=""),), "none is known"),
        ((replace(METER, calibrated_to="2023-12-30"),), "held to 2023-12-30"),
        ((METER,), ""),
        # The certificate holds longer than the plan lets it.
        ((proof(start="2022-11-30", valid_to="2026-11-30"),), "held to 2023-11-30"),
        ((proof(start="2023-01-15", valid_to="2026-11-30"),), ""),
        ((proof(valid_to="2026-11-30"),), ""),
    ],
)
def test_calibration_by_the_plan(records: tuple[Record, ...], words: str) -> None:
    messages = [
        str(one.message)
        for one in found("plan_calibration", *bills(), line(meter="m1", calibration_months=12), *records)
    ]
    assert (messages == []) if not words else (len(messages) == 1 and words in messages[0])
    assert found("plan_calibration", *bills(), line(meter="m1"), *records) == []


def test_the_least_estimate_is_said_in_the_unit_of_the_bill() -> None:
    """11 bills of 1,000 kWh: February has the highest rate, so March is at least 31 / 28 × 1,000 kWh."""
    guess = {"estimated": True, "unit": "MWh", "quantity": Decimal("1.1")}
    (one,) = found("plan_underestimate", *changed("m03", **guess), line())
    assert "at least 1.108 MWh" in str(one.message) and one.subject == "m03"
    enough = changed("m03", **{**guess, "quantity": Decimal("1.108")})
    assert found("plan_underestimate", *enough, line()) == []
    assert found("plan_underestimate", *changed("m03", **guess), line(missing="supplier")) == []


def test_what_lowers_a_total_is_not_asked_to_be_high() -> None:
    sun = [pv("self_used", 100, f"p{n}", **month(n), estimated=n == 3) for n in range(1, 13)]
    sun[2] = replace(sun[2], quantity=Decimal(1))
    assert found("plan_underestimate", *sun, line(source="Roof", item="")) == []


def test_the_upstream_of_energy_follows_from_what_is_planned() -> None:
    """One record a year beside the bills of each fuel is neither too long nor a gap."""
    upstream = activity("u", method="upstream_energy", end=month(12)["end"])
    assert found("plan_frequency", *bills(), upstream, line()) == []
    assert found("plan_frequency", *bills(), replace(upstream, method="purchased_electricity"), line())
