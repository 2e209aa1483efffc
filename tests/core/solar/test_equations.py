"""The unit equations of the yield: published numbers, the sources' own limits, and examples that run."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.solar import air, average_day, cell, clear_sky, clearness, dc, glass, inverter, losses, sky, sun
from core.solar.model import Site
from core.solar.weather import Climate
from tests.documented import run_examples

CASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "pvwatts_equations.json").read_text(encoding="utf-8")
)
"""Expected values of pvlib's own tests, see ``source`` in the file."""
EXACT: float = CASES["tolerance_rel"]
MODULES = (
    "air", "average_day", "cell", "chain", "clear_sky", "clearness", "dc", "expected", "glass", "inverter", "losses",
    "model", "plane", "sky", "sun", "weather", "yields",
)  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_run(name: str) -> None:
    assert run_examples(import_module(f"core.solar.{name}")).failed == 0


@pytest.mark.parametrize("case", CASES["dc"], ids=str)
def test_power_of_modules(case: dict[str, float]) -> None:
    made = dc.pvwatts_dc(np.array([case["g"]]), np.array([case["tc"]]), case["pdc0"], case["gamma"])
    assert made[0] == pytest.approx(case["expected"], rel=EXACT)


@pytest.mark.parametrize("case", CASES["losses"], ids=str)
def test_losses_together(case: dict[str, Any]) -> None:
    shares = {key: value for key, value in case.items() if key not in ("expected", "others")}
    assert 100 * (1 - losses.kept(losses.Losses(**shares))) == pytest.approx(case["expected"], rel=EXACT)


@pytest.mark.parametrize("case", CASES["inverter"], ids=str)
def test_inverters(case: dict[str, float]) -> None:
    made = inverter.converted(np.array([case["pdc"]]), case["pdc0"], case["eta"])
    assert min(made[0], case["pdc0"] * case["eta"]) == pytest.approx(case["expected"], rel=EXACT)


def test_the_published_example_of_the_position_of_the_sun() -> None:
    """NREL/TP-560-34302, table A5.1: 2003-10-17 12:30:30 in UTC-7, 39.742476° N, 105.1786° W, 820 hPa, 11 °C."""
    zenith, azimuth = sun.position(np.array([1_066_419_030]), 39.742476, -105.1786, 82_000.0)
    assert zenith[0] == pytest.approx(50.11162, abs=0.001)
    assert azimuth[0] == pytest.approx(194.34024, abs=0.001)


@given(
    st.integers(315_532_800, 2_524_608_000), st.floats(-89.0, 89.0), st.floats(-180.0, 180.0), st.integers(60, 86_400)
)
def test_between_its_nodes_the_path_of_the_sun_is_as_exact(
    start: int, latitude: float, longitude: float, step: int
) -> None:
    times = start + step * np.arange(60)
    many = sun.vector(times, latitude, longitude)
    for place in (0, 29, 59):
        one = sun.vector(times[place : place + 1], latitude, longitude)
        assert [float(part[place]) for part in many] == pytest.approx([float(part[0]) for part in one], abs=2e-6)


@given(st.integers(315_532_800, 2_524_608_000), st.floats(-89.0, 89.0), st.floats(-180.0, 180.0))
def test_the_direction_of_the_sun_has_length_one(time: int, latitude: float, longitude: float) -> None:
    east, north, up = sun.vector(np.array([time]), latitude, longitude)
    assert float((east**2 + north**2 + up**2)[0]) == pytest.approx(1.0, abs=1e-4)
    assert sun.elevation(np.array([time]), latitude, longitude)[0] == pytest.approx(np.degrees(np.arcsin(up[0])))


def test_the_sun_is_highest_at_noon_and_never_rises_in_the_polar_night() -> None:
    day = 1_703_116_800 + np.arange(0, 86_400, 60)  # 2023-12-21
    assert sun.elevation(day, 70.0, 0.0).max() < sun.HORIZON
    assert sun.elevation(day, -70.0, 0.0).min() > 0.0
    assert np.argmax(sun.elevation(day, 50.0, 15.0)) * 60 / 3_600 == pytest.approx(11.0, abs=0.1)


def test_nothing_in_gives_nothing_out() -> None:
    none = np.zeros(0)
    assert [len(part) for part in sun.vector(none, 50.0, 20.0)] == [0, 0, 0]
    assert len(sun.extraterrestrial_at(none)) == len(sun.elevation(none, 50.0, 20.0)) == 0


@given(st.floats(-1.0, 1.0))
def test_air_lifts_the_sun_by_half_a_degree_at_most_and_never_lowers_it(up: float) -> None:
    angle = np.degrees(np.arcsin(up))
    seen = np.degrees(np.arcsin(air.refracted(np.array([up]), 101_325.0)[0]))
    assert -1e-3 <= seen - angle < 0.9
    if angle > 10.0:
        assert seen - angle < 0.1


@given(st.floats(0.0, 1_300.0), st.floats(0.01, 1.0), st.floats(1_300.0, 1_420.0))
def test_beam_and_diffuse_add_up_to_the_whole(ghi: float, cos_zenith: float, extra: float) -> None:
    one = np.ones(1)
    whole, dni, dhi = sky.split(ghi * one, None, None, cos_zenith * one, extra * one)
    assert dni[0] >= 0 and dhi[0] >= 0
    assert float(dhi[0] + dni[0] * cos_zenith) == pytest.approx(float(whole[0]), rel=1e-9, abs=1e-9)
    rest = sky.split(ghi * one, dni, None, cos_zenith * one, extra * one)
    assert rest[2][0] == pytest.approx(dhi[0], rel=1e-6, abs=1e-6)


def test_what_is_measured_stays_as_it_is_but_for_noise_below_zero() -> None:
    one = np.ones(1)
    assert [float(part[0]) for part in sky.split(-3 * one, -1 * one, -2 * one, one, 1_366 * one)] == [0.0, 0.0, 0.0]
    assert [float(part[0]) for part in sky.split(500 * one, 300 * one, 260 * one, 0.9 * one, one)] == [500, 300, 260]
    low = sky.split(50 * one, None, 10 * one, 0.01 * one, 1_366 * one)
    assert float(low[1][0]) == 0.0  # a sun lower than 3° says nothing about the beam
    high = sky.split(1_000 * one, None, 10 * one, 0.1 * one, 1_366 * one)
    assert float(high[1][0]) == 1_366.0  # no beam is stronger than the sun


def test_a_gap_stays_a_gap_in_every_equation() -> None:
    gap, one = np.array([np.nan]), np.ones(1)
    f1, f2 = sky.brightness(gap, 500 * one, 1_366 * one, one, one)
    for value in (
        *sky.erbs(gap, 0.5 * one, 1_366 * one),
        *sky.split(gap, None, 100 * one, 0.5 * one, 1_366 * one)[:2],
        sky.perez(gap, f1, f2, one, one, 30.0),
        sky.hay_davies(gap, 500 * one, 1_366 * one, one, one, 30.0),
        cell.sapm_module(gap, one, one, cell.MOUNTINGS["roof"]),
        inverter.converted(gap, 100.0, 0.96),
    ):
        assert np.isnan(value).all()


@given(st.floats(0.0, 500.0), st.floats(0.0, 1_000.0), st.floats(0.05, 1.0))
def test_on_a_flat_plane_every_sky_is_the_same(dhi: float, dni: float, cos_zenith: float) -> None:
    one = np.ones(1)
    zenith = np.arccos(np.array([cos_zenith]))
    light = (dhi * one, dni * one, 1_366.1 * one)
    f1, f2 = sky.brightness(*light, air.airmass(cos_zenith * one), zenith)
    assert sky.isotropic(dhi * one, 0.0)[0] == pytest.approx(dhi)
    assert sky.hay_davies(*light, cos_zenith * one, cos_zenith * one, 0.0)[0] == pytest.approx(dhi)
    if cos_zenith > 0.0872:  # lower than 5° Perez holds the sun at 5°
        assert sky.perez(dhi * one, f1, f2, cos_zenith * one, cos_zenith * one, 0.0)[0] == pytest.approx(dhi)
    assert sky.ground(dhi * one, 0.0, 0.2)[0] == 0.0


def test_a_sky_without_diffuse_light_is_no_number_out_of_zero_by_zero() -> None:
    none, one = np.zeros(1), np.ones(1)
    for dni in (none, 800 * one):
        f1, f2 = sky.brightness(none, dni, 1_366 * one, one, 0.5 * one)
        assert float(sky.perez(none, f1, f2, one, one, 30.0)[0]) == 0.0


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_glass_lets_less_through_the_flatter_light_comes_in(one: float, other: float) -> None:
    flat, steep = sorted((one, other))
    made = glass.physical(np.array([flat, steep]))
    assert 0.0 <= made[0] <= made[1] + 1e-12 <= 1.0 + 1e-9


def test_glass_in_diffuse_light() -> None:
    """Marion (2017): light of the whole sky loses some 5 %, that of the ground much more."""
    assert glass.diffuse(0.0)[1] == 0.0
    shares = [glass.diffuse(tilt) for tilt in (10.0, 30.0, 60.0, 90.0)]
    assert all(0.93 < above < 0.97 for above, _ in shares)
    assert [below for _, below in shares] == sorted(below for _, below in shares)
    assert shares[-1][0] == pytest.approx(shares[-1][1], abs=0.002)  # a wall sees as much of both
    assert glass.diffuse(30.0, np.ones_like) == pytest.approx((1.0, 1.0))


@given(st.floats(0.0, 400.0), st.floats(10.0, 500.0), st.floats(0.9, 0.99))
def test_an_inverter_gives_no_more_than_it_gets(power: float, limit: float, efficiency: float) -> None:
    made = float(inverter.converted(np.array([power]), limit, efficiency)[0])
    assert 0.0 <= made <= power + 1e-9


def test_mountings_from_cool_to_warm() -> None:
    one = np.ones(1)
    rise = [
        float(cell.sapm_cell(cell.sapm_module(1_000 * one, 0 * one, one, m), 1_000 * one, m)[0])
        for m in cell.MOUNTINGS.values()
    ]
    assert rise == sorted(rise) and 25 < rise[0] < 35 and 45 < rise[1] < 52 and rise[2] > 55


@given(st.floats(0.0, 0.85), st.integers(1, 12))
def test_days_of_a_month_have_its_mean_and_rise_from_dull_to_clear(mean: float, count: int) -> None:
    days = clearness.days_of(np.full(12, mean), count)
    assert days.shape == (count, 12)
    assert days.mean(axis=0) == pytest.approx(np.full(12, mean))
    assert (np.diff(days, axis=0) >= 0).all() and (days >= 0).all()


@given(st.floats(0.0, 1.1), st.floats(0.1, 3.1))
def test_the_diffuse_part_of_a_day_is_a_part(clear: float, sunset: float) -> None:
    assert 0.1 < float(clearness.diffuse_of_day(np.array([clear]), np.array([sunset]))[0]) <= 1.01


def test_the_day_is_warmest_in_the_afternoon_and_as_wide_as_its_clearness_says() -> None:
    """Erbs, Klein and Beckman (1983): peak to peak 25.8 K - 5.21, the warmest at 15 h of solar time."""
    days = average_day.days_at(70.0)  # where the sun of June shines all day, so that all of the day is seen
    june = average_day.temperatures(days, np.full(12, 10.0), np.full(12, 0.5))[5]
    assert np.ptp(june) == pytest.approx(25.8 * 0.5 - 5.21, rel=0.03)
    assert days.angle[5][np.argmax(june)] * 12 / np.pi + 12 == pytest.approx(15.1, abs=0.3)
    assert june.mean() == pytest.approx(10.0, abs=0.01)


def test_clear_skies() -> None:
    """1,000 to 1,100 W/m² from a high sun at sea level, more on a mountain, nothing at night."""
    one = np.ones(1)
    low = float(clear_sky.ineichen(one, 1_366 * one, 0.0, 3.0)[0])
    assert 950 < low < float(clear_sky.ineichen(one, 1_366 * one, 3_600.0, 3.0)[0]) < 1_366
    assert float(clear_sky.ineichen(-0.1 * one, 1_366 * one, 0.0, 3.0)[0]) == 0.0
    assert clear_sky.clear_months(Site(80.0, 0.0))[[0, 11]] == pytest.approx([0.0, 0.0])


def test_more_sun_than_clean_air_lets_through_is_noticed() -> None:
    site = Site(39.9, 116.4, 50.0)
    limit = clear_sky.clear_months(site)
    good, bad = (
        Climate(0.7 * limit, np.zeros(12)),
        Climate(limit * np.where(np.arange(12) == 4, 1.01, 0.9), np.zeros(12)),
    )
    assert clear_sky.months_above(good, site) == () and clear_sky.months_above(bad, site) == (5,)
