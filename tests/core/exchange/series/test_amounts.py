"""What a meter keeps of what a file says: units, ratios, power, counters, days."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.series.amounts import Kept, kept_of, ratio_of
from core.exchange.series.calendar_days import Daily
from core.exchange.series.mapping import Value
from core.exchange.series.parsing import Column
from core.ledger import Meter, MeterExchange
from core.library import load_library
from core.series import Series
from core.series.power import energy

BERLIN = ZoneInfo("Europe/Berlin")
UNITS = load_library().units
METER = Meter("m1", "Main meter", "electricity", "import", "kWh")


def column(
    values: list[float], value: Value, label: str = "left", step: int = 900, places: int = 3, **more: Any
) -> Column:
    """A column of one series that begins on a May midnight in Berlin."""
    start = int(datetime(2024, 5, 1, tzinfo=BERLIN).timestamp())
    return Column("c", (), value, label, (Series(start, step, np.array(values)),) if values else (), places, **more)


def kept(one: Column, meter: Meter = METER, *exchanges: MeterExchange, multiplied: bool = True) -> Kept:
    """What a meter keeps."""
    return kept_of(one, meter, exchanges, BERLIN, UNITS, multiplied=multiplied)


def meter(**changes: Any) -> Meter:
    """A meter and what differs."""
    known = {name: getattr(METER, name) for name in METER.__dataclass_fields__}
    return Meter(**{**known, **changes})


@pytest.mark.parametrize(
    ("unit", "target", "expected"),
    [("kWh", "kWh", 1.25), ("Wh", "kWh", 0.00125), ("MWh", "kWh", 1250.0), ("kWh", "MWh", 0.00125),
     ("GJ", "kWh", 1.25 / 0.0036), ("kWh", "Wh", 1250.0)],
)  # fmt: skip
def test_units_of_energy(unit: str, target: str, expected: float) -> None:
    found = kept(column([1.25], Value(0, "energy", unit)), meter(unit=target))
    assert found.series[0].values.tolist() == [pytest.approx(expected, rel=1e-15)]


@pytest.mark.parametrize(
    ("unit", "medium", "target", "expected"),
    [
        ("m3", "natural_gas", "m3", 10.0),
        ("ft3", "natural_gas", "m3", 0.28316846592),
        ("ccf", "natural_gas", "m3", 28.316846592),
        ("therm", "natural_gas", "kWh", 293.0710701722222),
        ("L", "water", "m3", 0.01),
        ("kg", "steam", "t", 0.01),
        ("J", "heat", "MJ", 0.00001),
    ],
)
def test_units_of_other_media(unit: str, medium: str, target: str, expected: float) -> None:
    found = kept(column([10.0], Value(0, "energy", unit)), meter(unit=target, medium=medium))
    assert found.series[0].values.tolist() == [pytest.approx(expected, rel=1e-14)]


@pytest.mark.parametrize(
    ("unit", "quantity", "of"),
    [("m3", "energy", METER), ("kW", "power", meter(unit="m3", medium="water")), ("W/m2", "level", METER),
     ("kWh", "energy", meter(unit="degC", medium="temperature")), ("therm", "energy", METER), ("foo", "energy", METER),
     ("kW", "power", meter(unit="W/m2", medium="irradiance"))],
)  # fmt: skip
def test_another_kind_of_thing_is_refused(unit: str, quantity: str, of: Meter) -> None:
    with pytest.raises(UserError, match="cannot be converted"):
        kept(column([1.0], Value(0, quantity, unit)), of)


@pytest.mark.parametrize("step", [60, 300, 900, 1800, 3600])
@given(values=st.lists(st.decimals(-10_000, 10_000, places=2), min_size=1, max_size=20))
def test_energy_of_a_mean_power_is_exact(step: int, values: list[Decimal]) -> None:
    floats = [float(v) for v in values]
    found = kept(column(floats, Value(0, "power", "kW"), step=step, places=2)).series[0]
    exact = [float(v * step / 3600) for v in values]
    assert found.values.tolist() == pytest.approx(exact, rel=1e-15, abs=0)
    assert np.allclose(found.values, energy(Series(0, step, np.array(floats))).values, rtol=1e-14)


def test_a_power_of_a_quarter_keeps_few_digits() -> None:
    found = kept(column([0.1, 0.3, 7.7, np.nan], Value(0, "power", "kW"), places=1)).series[0]
    assert found.values.tolist()[:3] == [0.025, 0.075, 1.925]
    assert np.isnan(found.values[3])


def test_samples_of_power_make_trapezoids() -> None:
    found = kept(column([1.0, 3.0, np.nan, 5.0, 6.0], Value(0, "power", "W"), "instant", 3600)).series[0]
    assert found.start == column([1.0], Value(0)).series[0].start
    assert found.values.tolist()[0] == 0.002
    assert np.isnan(found.values[1:3]).all()
    assert found.values.tolist()[3] == 0.0055


def test_the_ratio_is_applied_where_it_is_not_in_the_values() -> None:
    one = column([0.7, 1.1], Value(0, "energy", "kWh"), places=1)
    assert kept(one, meter(multiplier=Decimal(80)), multiplied=False).series[0].values.tolist() == [56.0, 88.0]
    assert kept(one, meter(multiplier=Decimal(80))).series[0].values.tolist() == [0.7, 1.1]


def test_levels() -> None:
    sun = meter(unit="W/m2", medium="irradiance")
    assert kept(column([812.5], Value(0, "level", "W/m2")), sun).series[0].values.tolist() == [812.5]
    assert kept(column([0.8125], Value(0, "level", "kW/m2"), places=4), sun).series[0].values.tolist() == [812.5]
    assert kept(column([0.2], Value(0, "energy", "kWh/m2")), sun).series[0].values.tolist() == [800.0]
    warm = meter(unit="degC", medium="temperature")
    assert kept(column([68.0], Value(0, "level", "degF")), warm).series[0].values.tolist() == [20.0]


def test_a_counter_that_rolls_over() -> None:
    states = column([99_998.0, 99_999.5, 1.0, np.nan, 4.0, 5.0], Value(0, "counter"), "instant", places=1)
    found = kept(states, meter(digits=5, multiplier=Decimal(40)), multiplied=False)
    (series,) = found.series
    assert series.start == states.series[0].start
    assert series.values.tolist()[:2] == [60.0, 60.0]
    assert np.isnan(series.values[2:4]).all()
    assert series.values.tolist()[4] == 40.0
    assert found.notes == ()


def test_a_counter_that_goes_backwards_is_said_and_not_believed() -> None:
    found = kept(column([10.0, 12.0, 3.0, 4.0], Value(0, "counter"), "instant"))
    assert np.isnan(found.series[0].values).tolist() == [False, True, False]
    assert "went backwards 1 times" in str(found.notes[0])


def test_across_an_exchange_nothing_is_known() -> None:
    swap = MeterExchange("x1", "m1", date(2024, 5, 2), Decimal(30), Decimal(0), multiplier=Decimal(2))
    states = column([10.0, 20.0, 3.0, 8.0], Value(0, "counter"), "instant", 43_200)
    found = kept(states, METER, swap, multiplied=False)
    assert [s.values.tolist() for s in found.series] == [[10.0], [10.0]]
    assert found.notes == ()


def test_a_counter_of_megawatt_hours() -> None:
    found = kept(column([1.0, 1.5], Value(0, "counter", "MWh"), "instant"), multiplied=False)
    assert found.series[0].values.tolist() == [500.0]


def test_a_counter_of_the_day_begins_at_zero() -> None:
    per_day = [0.0, 0.0, 5.5, 9.25, 9.25, 9.25]
    found = kept(column([*per_day, *per_day], Value(0, "day_counter"), "instant", 14_400, 2)).series[0]
    assert found.values.tolist() == [0.0, 5.5, 3.75, 0.0, 0.0, 0.0, 0.0, 5.5, 3.75, 0.0, 0.0]


def test_a_counter_of_the_day_that_falls_at_noon_is_not_believed() -> None:
    found = kept(column([0.0, 1.0, 2.0, 0.5, 1.5], Value(0, "day_counter"), "instant", 14_400)).series[0]
    assert np.isnan(found.values).tolist() == [False, False, True, False]


def test_marks_go_with_their_values() -> None:
    start = column([1.0], Value(0)).series[0].start
    series = Series(start, 900, np.array([1.0, 2.0, 3.0]), np.array([0, 1, 0], np.uint8))
    for value, label, expected in (
        (Value(0), "left", [0, 1, 0]),
        (Value(0, "power", "kW"), "right", [0, 1, 0]),
        (Value(0, "power", "kW"), "instant", [1, 1]),
        (Value(0, "counter"), "instant", [1, 1]),
        (Value(0, "day_counter"), "instant", [1, 1]),
    ):
        found = kept(Column("c", (), value, label, (series,), 0)).series[0]
        assert found.marks is not None
        assert found.marks.tolist() == expected


DAYS = (
    Daily(date(2024, 3, 30), date(2024, 3, 30), 2.5, False, 2),
    Daily(date(2024, 3, 31), date(2024, 3, 31), 2.5, True, 3),
)


def test_days_become_readings() -> None:
    found = kept(column([], Value(0, "energy", "MWh"), days=DAYS))
    assert [(r.meter, r.start, r.end, r.value, r.counter, r.estimated) for r in found.readings] == [
        ("m1", date(2024, 3, 30), date(2024, 3, 30), Decimal(2500), False, False),
        ("m1", date(2024, 3, 31), date(2024, 3, 31), Decimal(2500), False, True),
    ]


def test_a_mean_power_of_a_day_counts_its_hours() -> None:
    found = kept(column([], Value(0, "power", "kW"), days=DAYS))
    assert [r.value for r in found.readings] == [Decimal("60.0"), Decimal("57.5")]


def test_states_of_days_stay_states() -> None:
    found = kept(column([], Value(0, "counter"), days=DAYS), meter(multiplier=Decimal(40)), multiplied=False)
    assert [(r.value, r.counter, r.start) for r in found.readings] == [
        (Decimal("2.5"), True, date(2024, 3, 30)),
        (Decimal("2.5"), True, date(2024, 3, 31)),
    ]
    with pytest.raises(UserError, match="multiplied already"):
        kept(column([], Value(0, "counter"), days=DAYS), meter(multiplier=Decimal(40)))


def test_means_of_days_are_refused() -> None:
    with pytest.raises(UserError, match="one value a day"):
        kept(column([], Value(0, "level", "degC"), days=DAYS), meter(unit="degC", medium="temperature"))


def test_ratios_are_exact() -> None:
    assert ratio_of("Wh", METER, UNITS).limit_denominator() * 1000 == 1
    assert ratio_of("MW", METER, UNITS, power=True) == 1000
    assert ratio_of("m3/h", meter(unit="L", medium="water"), UNITS, power=True) == 1000
