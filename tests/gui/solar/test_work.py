"""What is asked about a PV system: what it depends on, what comes back, and what is shown when meters contradict."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.demo import demo_plants
from core.handover.energy import SystemOf, stated_model, systems_of
from core.i18n import T
from core.inventory import Period
from core.ledger import Ledger, Meter, PvArray, PvSystem, Record, Step, WeatherFile, kind_of
from core.library import load_library
from core.series import Series
from core.series.metered import Metered
from core.solar.outlook import LOCATION
from core.solar.planning import grid_table
from core.solar.system import GRID_FACTOR
from gui.solar.work import (
    Look,
    Solved,
    average_day,
    expected_in,
    look_at,
    solved,
    subject_of,
    valued_by,
    years_of,
)

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
ZHANGJIAKOU, FANGSHAN = 0, 1


@cache
def plant_of(place: int) -> tuple[Ledger, Callable[[str], bytes]]:
    one = demo_plants()[place]
    blobs = {hashlib.sha256(blob).hexdigest(): blob for entry in one.entries for blob in entry.blobs}
    return one.ledger, blobs.__getitem__


def system_of(place: int) -> PvSystem:
    return plant_of(place)[0].held(PvSystem)[0]


@cache
def look(place: int) -> Look:
    ledger, blob = plant_of(place)
    return look_at(subject_of(ledger, system_of(place), YEAR), ledger, blob)


@cache
def answer(place: int) -> Solved:
    return solved(look(place), system_of(place), plant_of(place)[0], load_library(), LOCATION)


def changed(ledger: Ledger, *records: Record) -> Ledger:
    return ledger.apply(tuple(Step(kind_of(one), one.id, ledger.get(kind_of(one), one.id), one) for one in records))


# ---------------------------------------------------------------------- what it depends on


def test_an_edit_of_something_else_asks_for_nothing() -> None:
    ledger, _blob = plant_of(ZHANGJIAKOU)
    system = system_of(ZHANGJIAKOU)
    bill = ledger.activities[0]
    other = changed(ledger, replace(bill, quantity=bill.quantity + 1))
    assert subject_of(other, system, YEAR) == subject_of(ledger, system, YEAR)
    assert valued_by(other, system, LOCATION) == valued_by(ledger, system, LOCATION)


def test_costs_and_names_of_owners_are_no_part_of_the_look_but_of_its_value() -> None:
    ledger, _blob = plant_of(ZHANGJIAKOU)
    system = system_of(ZHANGJIAKOU)
    dearer = replace(system, parameters=tuple((k, "1" if k == "capex" else v) for k, v in system.parameters))
    assert subject_of(ledger, dearer, YEAR) == subject_of(ledger, system, YEAR)
    assert valued_by(ledger, dearer, LOCATION) != valued_by(ledger, system, LOCATION)
    sold = replace(system, attributes_owner="other")
    assert subject_of(ledger, sold, YEAR) == subject_of(ledger, system, YEAR)


@pytest.mark.parametrize("what", ["loss", "meter", "sensor", "grid", "year", "array", "age"])
def test_whatever_the_model_or_the_meters_tell_is_part_of_the_look(what: str) -> None:
    ledger, _blob = plant_of(ZHANGJIAKOU)
    system, period = system_of(ZHANGJIAKOU), YEAR
    before = subject_of(ledger, system, period)
    if what == "loss":
        system = replace(system, parameters=(("soiling", "9"),))
    elif what == "meter":
        ledger = changed(ledger, replace(meter(ledger, "m002"), medium="heat"))
    elif what == "sensor":
        system = replace(system, temperature="")
    elif what == "grid":
        ledger = changed(ledger, Meter("m999", "Grid by the hour", GRID_FACTOR, "import", "kg/kWh"))
    elif what == "year":
        period = Period(date(2024, 1, 1), date(2024, 12, 31))
    elif what == "array":
        ledger = changed(ledger, replace(ledger.held(PvArray)[0], tilt=Decimal(30)))
    else:
        system = replace(system, degradation=Decimal(1))
    assert subject_of(ledger, system, period) != before


def meter(ledger: Ledger, key: str) -> Meter:
    found = ledger.get("meter", key)
    assert isinstance(found, Meter)
    return found


# ---------------------------------------------------------------------- what comes back


def test_the_demo_comes_back_whole() -> None:
    found = look(ZHANGJIAKOU)
    assert found.problems == ()
    assert found.observed is not None
    assert found.observed.energy == Decimal(2_644_760)
    assert len(found.months) == 12
    may = found.months[4]
    assert may is not None
    assert may.outage > 0  # the outage of the demo
    assert found.match is not None


def test_the_months_of_each_netting_add_up_to_its_year() -> None:
    splits = look(ZHANGJIAKOU).splits
    assert splits is not None
    assert set(splits) == {"meter", "hour", "day", "month"}
    for one in splits.values():
        assert one.self_used.sum() == pytest.approx(one.use.self_used)
        assert one.fed_in.sum() == pytest.approx(one.use.fed_in)


def test_longer_intervals_never_give_less_self_use() -> None:
    splits = look(ZHANGJIAKOU).splits
    assert splits is not None
    used = [splits[key].use.self_used for key in ("meter", "hour", "day", "month")]
    assert used == sorted(used)
    assert used[0] < used[-1]


def test_without_sensor_and_purchase_the_rest_is_said() -> None:
    found = look(FANGSHAN)
    assert found.observed is not None
    assert found.observed.energy > 0
    assert found.splits is None
    assert found.day is None
    assert found.months == (None,) * 12


def test_meters_that_contradict_each_other_take_only_their_own_figures_away() -> None:
    ledger, blob = plant_of(ZHANGJIAKOU)
    wrong = replace(system_of(ZHANGJIAKOU), feed_in=("m001",))  # more than was generated
    found = look_at(subject_of(ledger, wrong, YEAR), ledger, blob)
    assert str(found.problems[0].message).startswith("More was fed in")
    assert found.observed is not None
    assert found.observed.energy == Decimal(2_644_760)
    assert found.splits is None


def test_a_weather_file_that_is_gone_is_told_and_the_rest_shown() -> None:
    ledger, blob = plant_of(ZHANGJIAKOU)
    weather = ledger.held(WeatherFile)[0]
    gone = changed(ledger, replace(weather, sha256="0" * 64))

    def missing(sha256: str) -> bytes:
        if sha256 == "0" * 64:
            raise UserError(T("Gone."))
        return blob(sha256)

    found = look_at(subject_of(gone, system_of(ZHANGJIAKOU), YEAR), gone, missing)
    assert [str(one.message) for one in found.problems] == ["Gone."]
    assert found.observed is not None
    assert found.observed.typical is None


def test_a_system_without_arrays_says_so_once() -> None:
    ledger, blob = plant_of(ZHANGJIAKOU)
    alone = replace(system_of(ZHANGJIAKOU), id="pv009")
    found = look_at(subject_of(ledger, alone, YEAR), ledger, blob)
    assert found.observed is None
    assert len(found.problems) == 1
    assert found.lacking == "arrays"
    assert solved(found, alone, ledger, load_library(), LOCATION).outlook is None


def test_a_plant_without_a_time_zone_says_nothing_else() -> None:
    ledger, blob = plant_of(ZHANGJIAKOU)
    nowhere = changed(ledger, replace(ledger.plant, country="US", region="", timezone=""))
    found = look_at(subject_of(nowhere, system_of(ZHANGJIAKOU), YEAR), nowhere, blob)
    assert found.observed is None
    assert (len(found.problems), found.lacking) == (1, "zone")


def test_all_years_of_the_meters_are_told() -> None:
    ledger, blob = plant_of(ZHANGJIAKOU)
    years = years_of(subject_of(ledger, system_of(ZHANGJIAKOU), YEAR), ledger, blob)
    assert [year.first.year for year in years] == [2024, 2025]
    ratio = look(ZHANGJIAKOU).observed
    assert ratio is not None
    assert ratio.whole is not None
    assert years[1]["performance_ratio"].value == pytest.approx(ratio.whole["performance_ratio"].value)


def test_years_of_a_system_without_meters_are_none() -> None:
    ledger, blob = plant_of(ZHANGJIAKOU)
    alone = replace(system_of(ZHANGJIAKOU), generation=())
    assert years_of(subject_of(ledger, alone, YEAR), ledger, blob) == ()


@pytest.mark.parametrize("place", [ZHANGJIAKOU, FANGSHAN])
def test_claims_are_held_against_what_the_report_states_of_their_system(place: int) -> None:
    ledger, blob = plant_of(place)
    subject = subject_of(ledger, system_of(place), YEAR)
    found = expected_in((subject, replace(subject, system=replace(subject.system, id="none"))), ledger, blob)
    assert set(found) == {"pv001"}
    stated = next(one for one in systems_of(Metered(ledger, blob), YEAR) if isinstance(one, SystemOf))
    model = stated_model(stated)
    assert (found["pv001"].yearly, found["pv001"].irradiation) == (model.kwh, model.light)


# ---------------------------------------------------------------------- value


def test_stated_factors_of_years_to_come_replace_the_fall() -> None:
    system = system_of(ZHANGJIAKOU)
    kept = (*system.parameters, ("grid_2030", "0.4"), ("grid_2046", "0.1"))
    stated = replace(system, parameters=tuple(sorted(kept)))
    assert grid_table(stated) == ((2030, 0.4), (2046, 0.1))
    found = solved(look(ZHANGJIAKOU), stated, plant_of(ZHANGJIAKOU)[0], load_library(), LOCATION)
    assert found.outlook is not None
    assert found.outlook.forecast is not None
    factors = {year.year: year.factor for year in found.outlook.forecast.years}
    assert factors[2030] == pytest.approx(0.4)
    assert factors[2046] == pytest.approx(0.1)
    assert factors[2038] == pytest.approx(0.25)
    before = answer(ZHANGJIAKOU).outlook
    assert before is not None
    assert before.forecast is not None
    assert found.outlook.forecast.constant == pytest.approx(before.forecast.constant)


def test_the_factor_that_was_chosen_holds() -> None:
    ledger, _blob = plant_of(ZHANGJIAKOU)
    found = solved(look(ZHANGJIAKOU), system_of(ZHANGJIAKOU), ledger, load_library(), "residual")
    assert found.outlook is not None
    assert found.outlook.balance is not None
    assert found.outlook.balance.self_used.factor.basis == "residual"


# ---------------------------------------------------------------------- an average day

VALUES = st.lists(st.floats(0, 1e4), min_size=48, max_size=48)


@given(VALUES, VALUES)
def test_an_average_day_holds_the_energy_of_the_days(made: list[float], used: list[float]) -> None:
    start = 1_700_006_400  # midnight UTC
    day = average_day(Series(start, 3600, np.array(made)), Series(start, 3600, np.array(used)), ZoneInfo("UTC"))
    assert day is not None
    assert day.hours.tolist() == list(range(24))
    assert day.generation.sum() == pytest.approx(sum(made) / 2)
    assert day.load.sum() == pytest.approx(sum(used) / 2)


def test_an_average_day_leaves_gaps_out_and_follows_the_clock() -> None:
    start = 1_700_006_400
    made = np.array([np.nan, 4.0, 2.0, 4.0])
    day = average_day(Series(start, 43_200, made), Series(start, 43_200, np.ones(4)), ZoneInfo("Asia/Shanghai"))
    assert day is not None
    assert day.generation.tolist() == [pytest.approx(2 / 12), pytest.approx(4 / 12)]
    whole = Series(start, 86_400, np.ones(2))
    assert average_day(whole, whole, ZoneInfo("UTC")) is None
