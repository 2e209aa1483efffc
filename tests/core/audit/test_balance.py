"""Records beside the plant's own meters."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from core.audit.analytics import ENERGY_BALANCE, Procedure, procedures
from core.audit.balance import balances_of, counted_of
from core.inventory import Period, compile_inventory, year_of
from core.ledger import Ledger, Meter, Reading, Record
from core.library import load_library
from core.series.keep import intervals_of, merge
from core.series.metered import Metered
from core.series.series import Series
from tests.core.samples import CHOICES, PLANT, year_of_bills

LIBRARY = load_library()
YEAR = year_of(2023)
METER = Meter("m1", "Feeder", "electricity", "import", "MWh", source="Main meter", item="electricity")
BELOW = replace(METER, id="m2", name="Hall", parent="m1")


def reading(key: str, amount: str, *, meter: str = "m1", start: date = YEAR.start, end: date = YEAR.end) -> Reading:
    return Reading(key, meter, start, end, Decimal(amount))


def counted(*records: Record) -> dict[str, Decimal]:
    blobs: dict[str, bytes] = {}
    return counted_of(Metered(Ledger.of([PLANT, *records]), blobs.__getitem__), YEAR)


def asked(*records: Record, of: dict[str, Decimal] | None = None) -> list[Procedure]:
    ledger = Ledger.of([PLANT, *records])
    inventory = compile_inventory(ledger, CHOICES, LIBRARY)
    found = procedures(ledger, inventory, None, counted(*records) if of is None else of)
    return [one for one in found if one.procedure == ENERGY_BALANCE]


def test_readings_that_cover_the_year_are_added() -> None:
    half = date(2023, 6, 30)
    assert counted(METER, reading("r", "12")) == {"m1": 12}
    assert counted(METER, reading("r", "5", end=half), reading("s", "7", start=date(2023, 7, 1))) == {"m1": 12}
    assert counted(METER, reading("r", "5", end=half), reading("s", "7", start=date(2023, 7, 2))) == {}
    assert counted(METER) == {}
    sensor = Meter("m3", "Sensor", "temperature", "sensor", "degC")
    assert counted(sensor, reading("r", "5", meter="m3")) == {}


def test_readings_that_contradict_themselves_count_nothing() -> None:
    assert counted(METER, reading("r", "5"), reading("s", "7")) == {}


def test_intervals_take_precedence_when_no_value_is_missing() -> None:
    month = Period(date(2023, 1, 1), date(2023, 1, 31))
    zone = ZoneInfo("Asia/Shanghai")

    def of(values: np.ndarray) -> dict[str, Decimal]:
        blobs: dict[str, bytes] = {}
        merged = merge(None, Series(1_672_502_400, 3600, values), zone, blobs.__getitem__, overwrite=False)
        blobs |= {hashlib.sha256(one).hexdigest(): one for one in merged.blobs}
        ledger = Ledger.of([PLANT, METER, intervals_of("m1", merged, ()), reading("r", "99", end=month.end)])
        return counted_of(Metered(ledger, blobs.__getitem__), month)

    assert of(np.full(31 * 24, 0.5)) == {"m1": Decimal("372")}
    holed = np.full(31 * 24, 0.5)
    holed[7] = np.nan
    assert of(holed) == {"m1": 99}


def test_a_meter_below_another_is_not_added_again() -> None:
    ledger = Ledger.of([PLANT, *year_of_bills(), METER, BELOW])
    inventory = compile_inventory(ledger, CHOICES, LIBRARY)
    (one,) = balances_of(ledger, inventory, {"m1": Decimal(12), "m2": Decimal(7)})
    assert one.recorded == one.metered == 12000 and (one.unit, one.meters) == ("kWh", ("Feeder",))
    (two,) = balances_of(Ledger.of([*ledger.held(Meter), replace(BELOW, parent="")]), inventory, {"m1": Decimal(12)})
    assert two.metered is None and two.meters == ("Feeder", "Hall")


@pytest.mark.parametrize(("amount", "beyond"), [("12", False), ("12.24", False), ("12.25", True), ("11.7", True)])
def test_records_may_differ_from_meters_by_two_percent(amount: str, beyond: bool) -> None:
    (one,) = asked(*year_of_bills(), METER, reading("r", amount))
    assert one.beyond is beyond and one.unit == "kWh" and one.threshold == 2
    assert "Feeder" in str(one.how)


def test_meters_that_do_not_know_the_year_are_named() -> None:
    (one,) = asked(*year_of_bills(), METER)
    assert one.expected is None and "Not every day of the period was counted by: Feeder." in str(one.missing)
    (gas,) = asked(*year_of_bills(), replace(METER, unit="m3"), reading("r", "12"))
    assert gas.expected is None
    assert asked(*year_of_bills(), replace(METER, item="")) == []
    assert asked(METER, reading("r", "12")) == []


def test_without_counts_meters_are_left_out() -> None:
    ledger = Ledger.of([PLANT, *year_of_bills(), METER])
    found = procedures(ledger, compile_inventory(ledger, CHOICES, LIBRARY))
    assert ENERGY_BALANCE not in {one.procedure for one in found}


def test_what_category_3_repeats_is_not_counted_twice() -> None:
    upstream = [replace(one, id=f"u{one.id}", method="upstream_energy") for one in year_of_bills()]
    (one,) = asked(*year_of_bills(), *upstream, METER, reading("r", "12"))
    assert one.actual == 12000 and not one.beyond
