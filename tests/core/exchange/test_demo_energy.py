"""The energy of the demo: meters that count what the bills say, and wrong exactly where it says so."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from core.exchange import demo_energy
from core.exchange.demo import DemoPlant, demo_plants
from core.exchange.demo_energy import energy_of
from core.exchange.weather import read_weather
from core.handover.energy import problems_of
from core.inventory import Period
from core.ledger import Activity, Claim, IntervalData, Measure, Meter, PvSystem, Reading, Tariff, WeatherFile
from core.library import load_library
from core.savings import savings_of
from core.series.metered import Metered
from core.series.problems import Problem
from core.series.zones import begin_of
from core.solar.availability import OUTAGE, states
from core.solar.claims import check_claim, published_claims
from core.solar.observing import observe

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
PLANTS = {one.file: one for one in demo_plants()}
WITH_ENERGY = ("zhangjiakou", "fangshan")
ALLOWED = {
    ("zhangjiakou", "m006", "gaps"): "fault made on purpose: the logger was off for 31 hours",
    ("zhangjiakou", "m007", "stuck"): "fault made on purpose: the logger repeated a value for 20 hours",
    ("zhangjiakou", "m006", "calibration"): "its certificate ended on 2025-06-30, as the bill's evidence says too",
}
"""Warnings that the demo shall give, and why."""
FOUND_BY = {"gap": "gaps", "stuck": "stuck"}
"""Which check finds which fault; an outage is no fault of the meter and found by the availability of the system."""


@cache
def metered(file: str) -> Metered:
    one = PLANTS[file]
    blobs = {hashlib.sha256(data).hexdigest(): data for entry in one.entries for data in entry.blobs}
    return Metered(one.ledger, blobs.__getitem__)


@cache
def about(file: str) -> dict[str, Any]:
    text = (files("resources") / "demo" / "energy.toml").read_text("utf-8")
    return next(one for one in tomllib.loads(text)["plant"] if one["file"] == file)


@cache
def problems(file: str) -> tuple[Problem, ...]:
    return tuple(
        problem for meter in metered(file).meters for problem in problems_of(metered(file), meter, Period(FIRST, LAST))
    )


def bills(one: DemoPlant, source: str, item: str) -> Iterator[Activity]:
    """Those of a month; the whole year stands once more in scope 3."""
    for bill in one.ledger.activities:
        if (bill.source, bill.item) == (source, item) and bill.start.month == bill.end.month:
            yield bill


def test_two_plants_have_meters_and_one_has_none() -> None:
    assert [file for file, one in PLANTS.items() if one.ledger.held(Meter)] == list(WITH_ENERGY)
    assert energy_of("krosno", PLANTS["krosno"].plant, "x", ()) is None
    for file in WITH_ENERGY:
        ledger = PLANTS[file].ledger
        assert len(ledger.held(IntervalData)) == len(ledger.held(Meter))
        assert len(ledger.held(PvSystem)) == len(ledger.held(WeatherFile)) == len(ledger.held(Claim)) == 1
        assert ledger.held(Reading) == ()


@pytest.mark.parametrize("file", WITH_ENERGY)
def test_the_months_of_meters_add_up_to_the_bills_exactly(file: str) -> None:
    compared = 0
    for meter in metered(file).meters:
        if not meter.source:
            continue
        billed = {bill.start: bill for bill in bills(PLANTS[file], meter.source, meter.item)}
        for month in metered(file).monthly(meter.id, FIRST, LAST):
            assert (month.total, "kWh") == (billed[month.month].quantity, billed[month.month].unit), month.month
            assert month.present == month.expected
            compared += 1
    assert compared == 24 * {"zhangjiakou": 3, "fangshan": 2}[file]


def test_what_the_plant_uses_is_what_it_bought_and_kept_of_its_own() -> None:
    main, pv, feed, load = (metered("zhangjiakou").series(key, FIRST, LAST) for key in ("m001", "m002", "m003", "m004"))
    assert main is not None and pv is not None and feed is not None and load is not None
    assert np.allclose(main.values + pv.values - feed.values, load.values, atol=1e-9)
    assert (feed.values <= pv.values).all(), "nothing is fed in that was not generated"
    assert (load.values > 15).all(), "60 kW run on even on a Sunday night"
    assert (main.values[feed.values > 0] == 0).all(), "what is fed in is not bought in the same moment"


def test_submeters_count_less_than_the_meter_before_them() -> None:
    parent = metered("zhangjiakou").series("m004", FIRST, LAST)
    children = metered("zhangjiakou").together(("m005", "m006", "m007"), FIRST, LAST)
    assert parent is not None and children is not None
    below = children.values[~np.isnan(children.values)]
    above = parent.values[~np.isnan(children.values)]
    assert 0.8 < below.sum() / above.sum() < 0.95
    assert (below > above).mean() < 0.001


@pytest.mark.parametrize("file", WITH_ENERGY)
def test_every_fault_made_on_purpose_is_found_where_it_is(file: str) -> None:
    for fault in about(file).get("fault", ()):
        if fault["what"] == "outage":
            continue
        start = datetime.fromisoformat(str(fault["start"])).replace(tzinfo=metered(file).zone)
        end = start + timedelta(hours=fault["hours"])
        (found,) = [p for p in problems(file) if (p.meter, p.check) == (fault["meter"], FOUND_BY[fault["what"]])]
        assert (found.start, found.end) == (start.timestamp(), end.timestamp())
        assert found.severity == "warning"


def test_the_outage_made_on_purpose_is_found_in_its_days_and_nowhere_else() -> None:
    (fault,) = [one for one in about("zhangjiakou")["fault"] if one["what"] == "outage"]
    whole, ledger = metered("zhangjiakou"), PLANTS["zhangjiakou"].ledger
    (system,), (weather,) = ledger.held(PvSystem), ledger.held(WeatherFile)
    climate = read_weather(whole.blob(weather.sha256), weather.name).climate
    seen = observe(system, whole, climate, FIRST, LAST)
    assert seen.measured is not None and seen.measured.expected is not None
    found = states(seen.measured.energy, seen.measured.expected, seen.model.dc_power)
    out = found.grid.series(found.lost).starts[found.state == OUTAGE]
    first = fault["start"].date()
    assert begin_of(first, whole.zone) <= out.min()
    assert out.max() < begin_of(first + timedelta(days=3), whole.zone)


@pytest.mark.parametrize("file", WITH_ENERGY)
def test_no_other_warning_shows(file: str) -> None:
    warned = {(file, one.meter, one.check) for one in problems(file) if one.severity == "warning"}
    assert warned == {key for key in ALLOWED if key[0] == file}


@pytest.mark.parametrize("file", WITH_ENERGY)
def test_systems_say_all_that_their_sensors_allow(file: str) -> None:
    whole, ledger = metered(file), PLANTS[file].ledger
    (system,), (weather,) = ledger.held(PvSystem), ledger.held(WeatherFile)
    climate = read_weather(whole.blob(weather.sha256), weather.name).climate
    seen = observe(system, whole, climate, date(2025, 1, 1), LAST)
    assert seen.typical_year is not None and seen.energy > 0
    if file == "zhangjiakou":
        assert seen.notes == () and seen.tree is not None and seen.use is not None
        assert 0.9 < float(seen.energy) / seen.typical_year < 1.1
        assert ledger.held(Tariff)
    else:
        (note,) = seen.notes
        assert "No sensor" in str(note), "the second roof has no sensor, which is what its page shows"


def test_measures_calculate_without_any_warning() -> None:
    one = PLANTS["zhangjiakou"]
    found = savings_of(one.ledger, load_library(), 2024, 2025, blob=metered("zhangjiakou").blob)
    assert {saving.kind.key for saving in found.savings} == {"lighting", "solar_hot_water", "compressed_air"}
    assert len(found.savings) == len(one.ledger.held(Measure))
    assert (found.unclear, found.overlaps) == ((), ())
    for saving in found.savings:
        assert saving.warnings == (), saving.measure.name
        assert all(year.tonnes > 0 and year.kwh > 0 for year in saving.years)


@pytest.mark.parametrize("file", WITH_ENERGY)
def test_claims_are_the_published_ones(file: str) -> None:
    published = {one.claim.id: one.claim for one in published_claims()}
    (kept,) = PLANTS[file].ledger.held(Claim)
    (system,) = PLANTS[file].ledger.held(PvSystem)
    check_claim(kept)
    assert kept.system == system.id
    stated = published[kept.id]
    for field in Claim.__slots__:
        if field != "system":
            assert getattr(kept, field) == getattr(stated, field), field


@pytest.mark.parametrize("file", WITH_ENERGY)
def test_two_builds_are_equal_to_the_last_byte(file: str) -> None:
    one = PLANTS[file]
    monthly = tuple(one.ledger.activities)
    (entry,) = [entry for entry in one.entries if any(step.kind == "pv_system" for step in entry.change.steps)]
    demo_energy._about.cache_clear()
    again = energy_of(file, one.plant, one.who, monthly)
    assert again is not None
    assert (again[0], again[1]) == (entry.change, entry.blobs)
    assert hashlib.sha256(b"".join(again[1])).digest() == hashlib.sha256(b"".join(entry.blobs)).digest()


def test_shares_are_whole_tenths_in_proportion_and_add_up_under_a_limit() -> None:
    shape, limit = np.array([1.0, 3.0, 0.0, 4.0]), np.array([1.0, 1.0, 9.0, 9.0])
    made = demo_energy._sized(shape, 101, limit)
    assert made.tolist() == [1.0, 1.0, 0.0, 8.1], (
        "nothing goes where there was nothing, as long as the others have room"
    )
    assert demo_energy._sized(shape, 80, None).tolist() == [1.0, 3.0, 0.0, 4.0]
    assert demo_energy._sized(shape, 0, limit).tolist() == [0.0] * 4
    assert round(sum(demo_energy._sized(np.ones(7), 100, None)) * 10) == 100


def test_the_second_plant_states_who_owns_what() -> None:
    (system,) = PLANTS["fangshan"].ledger.held(PvSystem)
    assert (system.roof_owner, system.system_owner, system.attributes_owner) == ("plant", "other", "")
    assert sum((Decimal(array["dc_power"]) for array in about("fangshan")["array"]), Decimal(0)) == 1500
