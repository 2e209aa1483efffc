"""Yields of whole systems: laws that hold whatever the weather, and the two ways against each other."""

from __future__ import annotations

from dataclasses import replace as _replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.solar import expected
from core.solar.chain import STAGES, STEPS, loss_tree
from core.solar.expected import WIND, MonthlyYield, Yield, hourly, monthly
from core.solar.losses import NO_LOSSES, Losses, kept
from core.solar.model import Array, Model, Site
from core.solar.sun import elevation
from core.solar.weather import COLUMNS, Climate, Hourly, climate_of
from tests.core.solar.synthetic import BEIJING, KROSNO, PLACES, SINGAPORE, weather

YEAR = weather(BEIJING)


def replace(record: Any, **changes: Any) -> Any:
    """The same with other values, whatever it is."""
    return _replace(record, **changes)


SOUTH = Array(100.0, 25.0, 180.0)


def part(of: Hourly, first: int, count: int) -> Hourly:
    """A stretch of weather."""
    columns = {
        name: values if values is None else values[first : first + count] for name, values in of.columns().items()
    }
    stretch: Hourly = replace(of, start=of.start + first * of.step, **columns)
    return stretch


WEEK = part(YEAR, 24 * 170, 24 * 7)


def made(*arrays: Array, of: Hourly = WEEK, **choices: object) -> Yield:
    return hourly(replace(Model(of.site, arrays), **choices), of)


@given(st.floats(1.0, 10_000.0), st.floats(0.0, 90.0), st.floats(0.0, 360.0), st.floats(1.1, 5.0))
@settings(max_examples=40)
def test_below_clipping_the_yield_is_proportional_to_the_power(
    power: float, tilt: float, to: float, times: float
) -> None:
    one = made(Array(power, tilt, to))
    other = made(Array(power * times, tilt, to))
    assert other.ac == pytest.approx(one.ac * times, rel=1e-9, abs=1e-9)
    assert other.poa == pytest.approx(one.poa) and other.cell == pytest.approx(one.cell)


@given(st.floats(0.1, 1.0), st.floats(0.1, 1.0), st.floats(0.9, 0.995))
@settings(max_examples=30)
def test_no_more_comes_out_than_the_limits_let(inverter: float, system: float, efficiency: float) -> None:
    array = Array(100.0, 25.0, 180.0, inverter_efficiency=efficiency, inverter_power=100.0 * inverter)
    given_out = made(array, array, ac_limit=200.0 * system)
    assert given_out.ac.max() <= min(200.0 * inverter, 200.0 * system) + 1e-9
    assert (given_out.ac >= 0).all()
    stages = [getattr(given_out, name) for name in STAGES]
    for before, after in pairwise(stages):
        cold = before is given_out.optical  # cells below 25 °C gain
        assert cold or (after <= before + 1e-9).all()


def test_nothing_comes_out_at_night() -> None:
    year = made(SOUTH, of=YEAR)
    below = elevation(YEAR.starts + 1_800, YEAR.site.latitude, YEAR.site.longitude) < -0.9
    assert below.sum() > 4_000
    for name in ("poa", *STAGES):
        assert (getattr(year, name)[below] == 0).all()
    above = elevation(YEAR.starts + 1_800, YEAR.site.latitude, YEAR.site.longitude) > 10.0
    assert (year.ac[above] > 0).mean() > 0.95


@given(st.floats(5.0, 85.0), st.floats(5.0, 175.0))
@settings(max_examples=30)
def test_on_a_day_like_its_mirror_east_gives_what_west_gives(tilt: float, away: float) -> None:
    """At the equator of time: a day whose light, air and sun are the same before and after noon."""
    site = Site(45.0, 0.0)
    start, count = 1_718_841_600, 288  # 2024-06-20, five minutes
    times = start + 150 + 300 * np.arange(count)
    noon = start + 43_200 + 105  # the sun is 1.75 minutes late on this day
    mirrored = np.minimum(np.abs(times - noon), 43_200)
    ghi = 900.0 * np.maximum(np.cos(np.pi * mirrored / 57_600), 0.0) * (mirrored < 28_800)
    day = Hourly(site, start, 300, ghi=ghi, temp_air=np.full(count, 20.0))
    east = made(Array(100.0, tilt, 180.0 - away), of=day).total
    west = made(Array(100.0, tilt, 180.0 + away), of=day).total
    assert east == pytest.approx(west, rel=0.01)


@given(st.floats(0.0, 360.0))
@settings(max_examples=10)
def test_a_flat_module_sees_the_horizontal_light_whichever_way_it_is_turned(azimuth: float) -> None:
    flat = made(Array(100.0, 0.0, azimuth), of=YEAR)
    assert YEAR.ghi is not None
    height = elevation(YEAR.starts + 1_800, YEAR.site.latitude, YEAR.site.longitude)
    high = height > 6.0  # air lifts a lower sun
    assert np.abs(flat.poa / np.maximum(YEAR.ghi, 1.0) - 1)[high].max() < 0.02
    assert flat.irradiation == pytest.approx(float(YEAR.ghi.sum()) / 1000.0, rel=2e-3)


def test_arrays_add_up_and_share_their_means_by_power() -> None:
    east, west = Array(60.0, 10.0, 90.0, "open_rack"), Array(20.0, 30.0, 270.0, "insulated")
    both, one, other = made(east, west), made(east), made(west)
    assert both.ac == pytest.approx(one.ac + other.ac)
    assert both.poa == pytest.approx(0.75 * one.poa + 0.25 * other.poa)
    day = both.poa > 0
    assert both.cell[day] == pytest.approx((0.75 * one.cell + 0.25 * other.cell)[day])


def test_parts_of_a_year_give_what_the_year_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made(SOUTH, of=YEAR)
    monkeypatch.setattr(expected, "CHUNK", 1_000)
    assert made(SOUTH, of=YEAR).ac == pytest.approx(whole.ac, abs=1e-3)
    assert made(SOUTH).ac == pytest.approx(whole.ac[24 * 170 : 24 * 177], abs=1e-3)


def test_quarters_of_an_hour_give_what_hours_give() -> None:
    """The same light in steps of any length; what is left is the sun that moves within the hour."""
    hours = part(YEAR, 24 * 100, 24 * 60)
    columns = {name: values if values is None else np.repeat(values, 4) for name, values in hours.columns().items()}
    quarters = replace(hours, step=900, **columns)
    assert made(SOUTH, of=quarters).total == pytest.approx(made(SOUTH, of=hours).total, rel=0.01)


def test_light_of_a_moment_is_that_of_its_sun() -> None:
    at_once = made(SOUTH, of=replace(WEEK, moment=1_800))
    assert at_once.ac == pytest.approx(made(SOUTH).ac)
    early = made(SOUTH, of=replace(WEEK, moment=600))
    assert not np.allclose(early.ac, at_once.ac)


def test_a_gap_by_day_stays_one_and_a_gap_at_night_costs_nothing() -> None:
    assert WEEK.ghi is not None
    night = int(np.argmax(made(SOUTH).ac == 0))
    noon = int(np.argmax(WEEK.ghi))
    for name in ("ghi", "dni", "dhi", "temp_air", "wind"):
        values = np.array(getattr(WEEK, name))
        values[[night, noon]] = np.nan
        holed = made(SOUTH, of=replace(WEEK, **{name: values}))
        assert np.isnan(holed.ac[noon]) and holed.ac[night] == 0.0
        assert np.isnan(holed.ac).sum() == 1
        assert holed.total < made(SOUTH).total
        tree = holed.tree()
        assert tree[-1].energy == pytest.approx(holed.total)


def test_noise_below_zero_is_darkness() -> None:
    assert WEEK.ghi is not None and WEEK.dhi is not None
    dark = replace(WEEK, ghi=np.full(len(WEEK), -3.0), dni=np.full(len(WEEK), -1.0), dhi=np.full(len(WEEK), -2.0))
    assert made(SOUTH, of=dark).total == 0.0


def test_what_is_assumed_is_said() -> None:
    assert made(SOUTH).assumed == ()
    bare = replace(WEEK, dni=None, dhi=None, wind=None)
    assert made(SOUTH, of=bare).assumed == ("beam", "wind")
    calm = made(SOUTH, of=replace(WEEK, wind=np.full(len(WEEK), WIND)))
    assert made(SOUTH, of=replace(WEEK, wind=None)).ac == pytest.approx(calm.ac)


def test_two_of_three_components_are_as_good_as_three() -> None:
    whole = made(SOUTH)
    for name in ("dni", "dhi"):
        assert made(SOUTH, of=replace(WEEK, **{name: None})).ac == pytest.approx(whole.ac, rel=0.03, abs=0.3)
    alone = made(SOUTH, of=replace(WEEK, dni=None, dhi=None)).total
    assert alone == pytest.approx(whole.total, rel=0.05)


def test_sensors_in_the_plane_take_precedence() -> None:
    light = made(SOUTH)
    measured = replace(WEEK, poa=light.poa * 0.9, plane=(25.0, 180.0))
    sensed = made(SOUTH, of=measured)
    assert sensed.poa == pytest.approx(light.poa * 0.9)
    assert sensed.assumed == ("beam",)
    same = made(SOUTH, of=replace(measured, poa=light.poa))
    assert same.total == pytest.approx(light.total, rel=0.005)  # only the split for the glass is another one
    anywhere = made(SOUTH, Array(50.0, 10.0, 90.0), of=replace(measured, plane=None, ghi=None, dni=None, dhi=None))
    assert anywhere.poa == pytest.approx(light.poa * 0.9)


def test_a_sensor_says_nothing_of_another_plane() -> None:
    light = made(SOUTH)
    other = Array(50.0, 60.0, 90.0)
    measured = replace(WEEK, poa=np.full(len(WEEK), 5.0), plane=(25.0, 180.0))
    both = made(SOUTH, other, of=measured)
    assert both.ac == pytest.approx(made(SOUTH, of=measured).ac + made(other).ac)
    assert both.total < light.total
    bare = replace(measured, ghi=None, dni=None, dhi=None)
    with pytest.raises(UserError, match="tilt of 60° and an azimuth of 90°"):
        made(SOUTH, other, of=bare)


def test_the_temperature_of_the_modules_takes_precedence() -> None:
    hot = made(SOUTH, of=replace(WEEK, temp_module=np.full(len(WEEK), 60.0)))
    day = hot.poa > 0
    assert hot.cell[day] == pytest.approx(60.0 + hot.poa[day] / 1000.0)
    assert hot.thermal[day] == pytest.approx(hot.optical[day] * (1 - 0.0035 * (hot.cell[day] - 25.0)))
    without_air = replace(WEEK, temp_air=None, wind=None, temp_module=np.full(len(WEEK), 60.0))
    assert made(SOUTH, of=without_air).ac == pytest.approx(hot.ac)
    assert made(SOUTH, of=without_air).assumed == ()


def test_without_a_temperature_there_is_no_yield() -> None:
    with pytest.raises(UserError, match="no temperature"):
        made(SOUTH, of=replace(WEEK, temp_air=None))


def test_steps_longer_than_an_hour_say_nothing_of_the_sun() -> None:
    with pytest.raises(UserError, match="steps of 1440 minutes"):
        made(SOUTH, of=replace(WEEK, step=86_400))


def test_columns_of_unequal_length_are_a_bug() -> None:
    assert set(COLUMNS) == set(WEEK.columns())
    with pytest.raises(ValueError, match="equally long"):
        replace(WEEK, wind=np.zeros(3))
    with pytest.raises(ValueError, match="must be there"):
        Hourly(Site(0.0, 0.0), 0, 3_600)
    with pytest.raises(ValueError, match="twelve"):
        Climate(np.zeros(11), np.zeros(12))


def test_glass_in_diffuse_light_costs_some_percent_more() -> None:
    share = made(SOUTH, of=YEAR, diffuse_glass=True).total / made(SOUTH, of=YEAR).total
    assert 0.97 < share < 0.99


@pytest.mark.parametrize("name", PLACES)
def test_the_loss_tree_closes(name: str) -> None:
    model = Model(PLACES[name].site, (replace(SOUTH, inverter_power=70.0),), ac_limit=65.0)
    for yielded in (hourly(model, weather(PLACES[name])), monthly(model, climate_of(weather(PLACES[name])))):
        tree = yielded.tree()
        assert [step.key for step in tree] == ["reference", *STEPS]
        assert tree[-1].energy == pytest.approx(yielded.total)
        assert tree[0].energy - sum(step.lost for step in tree) == pytest.approx(yielded.total)
        assert tree[0].energy == pytest.approx(yielded.irradiation * 100.0)
        by_key = {step.key: step for step in tree}
        assert by_key["soiling"].percent == pytest.approx(2.0) and by_key["snow"].lost == 0.0
        assert 1.0 < by_key["glass"].percent < 5.0 and -3.0 < by_key["temperature"].percent < 13.0
        assert by_key["clipping"].lost >= 0 and by_key["limit"].lost >= 0


def test_a_loss_tree_of_some_intervals_and_of_none() -> None:
    week = made(SOUTH)
    first = np.arange(len(week)) < 24
    assert week.tree(first)[-1].energy == pytest.approx(float(week.energy[:24].sum()))
    assert all(step.energy == step.lost == step.percent == 0 for step in week.tree(np.zeros(len(week), dtype=bool)))
    assert [step.lost for step in loss_tree((0.0,) * 7, NO_LOSSES)] == [0.0] * len(("reference", *STEPS))


def test_months_add_up_to_the_year() -> None:
    year = made(SOUTH, of=YEAR)
    months = year.by_month()
    assert list(months) == [(2021 - 1970) * 12 + month for month in range(12)]
    assert sum(months.values()) == pytest.approx(year.total)
    assert year.hours == 1.0 and year.starts[1] - year.starts[0] == 3_600
    assert 1_000 < year.total / 100 < 1_700  # kWh/kW in Beijing


LAYOUTS = [(0.0, 180.0), (10.0, 180.0), (20.0, 180.0), (35.0, 180.0), (10.0, 90.0), (15.0, 270.0), (25.0, 135.0)]


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("seed", [1, 2])
def test_average_days_give_within_two_percent_what_hours_give(name: str, seed: int) -> None:
    year = weather(PLACES[name], seed=seed)
    climate = climate_of(year)
    for tilt, azimuth in LAYOUTS:
        model = Model(year.site, (Array(100.0, tilt, azimuth),))
        of_hours = hourly(model, year)
        for known in (climate, replace(climate, diffuse=None)):
            of_days = monthly(model, known)
            assert of_days.total == pytest.approx(of_hours.total, rel=0.02)
            assert of_days.irradiation == pytest.approx(of_hours.irradiation, rel=0.025)
            one, other = of_days.energy, np.array(list(of_hours.by_month().values()))
            assert np.abs(one - other).max() < 0.015 * of_hours.total


@pytest.mark.parametrize("name", PLACES)
def test_average_days_see_clipping(name: str) -> None:
    year = weather(PLACES[name])
    model = Model(year.site, (replace(SOUTH, inverter_power=50.0),))
    days, hours = monthly(model, climate_of(year)), hourly(model, year)
    lost = 1 - days.total / float(days.converted.sum())
    assert lost == pytest.approx(1 - hours.total / (float(hours.converted.sum()) * hours.hours), abs=0.015)
    assert lost > 0.01
    assert days.total == pytest.approx(hours.total, rel=0.03)


@given(st.floats(1.0, 1_000.0), st.floats(0.0, 90.0), st.floats(0.0, 360.0), st.floats(-65.0, 65.0))
@settings(max_examples=40)
def test_months_are_proportional_to_the_power_wherever_the_system_stands(
    power: float, tilt: float, azimuth: float, latitude: float
) -> None:
    climate = Climate(np.full(12, 60.0), np.full(12, 15.0))
    one = monthly(Model(Site(latitude, 0.0), (Array(1.0, tilt, azimuth),)), climate)
    many = monthly(Model(Site(latitude, 0.0), (Array(power, tilt, azimuth),)), climate)
    assert many.energy == pytest.approx(one.energy * power)
    assert np.isfinite(one.energy).all() and (one.energy >= 0).all()
    assert one.poa == pytest.approx(one.reference)


def test_a_flat_module_gets_the_irradiation_of_the_climate() -> None:
    climate = climate_of(YEAR)
    flat = monthly(Model(YEAR.site, (Array(100.0, 0.0, 180.0),)), climate)
    assert flat.poa == pytest.approx(climate.ghi, rel=0.003)
    assert flat.ghi is climate.ghi


def test_the_place_of_the_climate_counts_and_what_it_lacks_is_said() -> None:
    months = Climate(np.full(12, 100.0), np.full(12, 20.0))
    north, south = (monthly(Model(Site(lat, 0.0), (SOUTH,)), months) for lat in (40.0, -40.0))
    assert north.total > 1.2 * south.total
    there = replace(months, site=Site(-40.0, 0.0), diffuse=np.full(12, 40.0), wind=np.full(12, 2.0))
    assert monthly(Model(Site(40.0, 0.0), (SOUTH,)), there).total < north.total
    assert north.assumed == ("beam", "wind")
    assert monthly(Model(Site(40.0, 0.0), (SOUTH,)), there).assumed == ()


def test_the_polar_night_gives_nothing_and_no_warning() -> None:
    climate = Climate(np.array([0.0, 5, 40, 90, 130, 140, 130, 90, 45, 12, 0, 0]), np.full(12, 0.0))
    tromso = monthly(Model(Site(71.0, 25.0), (SOUTH,)), climate)
    assert tromso.energy[0] == tromso.energy[11] == 0.0 and tromso.energy[5] > 0
    assert np.isfinite(tromso.cell).all() and np.isfinite(tromso.poa).all()


def test_warmer_months_give_less_and_losses_multiply() -> None:
    climate = climate_of(YEAR)
    model = Model(YEAR.site, (SOUTH,), NO_LOSSES)
    warm = monthly(model, replace(climate, temperature=climate.temperature + 10.0))
    cool = monthly(model, climate)
    assert warm.total / cool.total == pytest.approx(1 - 0.035, abs=0.005)
    assert warm.cell - cool.cell == pytest.approx(np.full(12, 10.0))
    losing = monthly(replace(model, losses=Losses()), climate)
    assert losing.dc == pytest.approx(cool.dc * kept(Losses()))


def test_two_arrays_of_a_month_add_up() -> None:
    climate = climate_of(weather(SINGAPORE))
    one, other = Array(60.0, 10.0, 90.0), Array(20.0, 10.0, 270.0)

    def of(*arrays: Array) -> MonthlyYield:
        return monthly(Model(SINGAPORE.site, arrays), climate)

    assert of(one, other).energy == pytest.approx(of(one).energy + of(other).energy)
    assert of(one, other).poa == pytest.approx(0.75 * of(one).poa + 0.25 * of(other).poa)
    limited = monthly(Model(KROSNO.site, (one, other), ac_limit=10.0), climate)
    assert limited.ac.max() <= 10.0 * 24 * 31 and limited.total < of(one, other).total
