"""Measures with a baseline: periods, models, limits, certainty."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.savings import Regression, Saving
from core.savings._least_squares import savings_error
from core.savings._student import t_quantile
from tests.core.savings.measures import saving

YEAR = (
    (-3, 410), (0, 330), (8, 455), (15, 430), (21, 498), (26, 445), (27, 405), (26, 470), (21, 462), (14, 380),
    (5, 441), (-2, 412),
)  # fmt: skip


YEARS = (2023, 2024)


def months(energy: Callable[[int, float, float, bool], float], *columns: str, years: tuple[int, ...] = YEARS) -> str:
    """A table of months; ``energy`` of days, temperature, production and whether the measure is done."""
    lines = [",".join(("start", "end", "energy", *columns))]
    for year in years:
        for month, (temperature, production) in enumerate(YEAR, start=1):
            days = calendar.monthrange(year, month)[1]
            used = energy(days, temperature, production, year >= 2024)
            cells = {"temperature": temperature, "production": production, "hdd": days * max(0, 18 - temperature)}
            first, last = f"{year}-{month:02}-01", f"{year}-{month:02}-{days:02}"
            lines.append(",".join((first, last, f"{used:.3f}", *(str(cells[one]) for one in columns))))
    return "\n".join(lines) + "\n"


def heated(days: int, temperature: float, production: float, done: bool) -> float:
    return 800 * days + 50 * production + (45 if done else 60) * days * max(0, 18 - temperature)


def regression(found: Saving) -> Regression:
    assert found.effect.regression is not None
    return found.effect.regression


def coefficient(found: Saving, key: str) -> Decimal:
    return next(one.value for one in regression(found).coefficients if one.key == key)


@pytest.mark.parametrize("model", ["linear", "degree_days", "3ph", "4p"])
def test_what_drove_the_energy_is_found_and_the_saving_with_it(model: str) -> None:
    columns = ("hdd", "production") if model == "linear" else ("temperature", "production")
    bases = {"heating_base": "18"} if model == "degree_days" else {}
    found = saving("baseline", months(heated, *columns), model=model, **bases)
    slope = "heating" if model in ("3ph", "4p") else "hdd"
    assert abs(coefficient(found, "base") - 800) < Decimal("0.5")
    assert abs(coefficient(found, slope) - 60) < Decimal("0.1")
    assert abs(coefficient(found, "production") - 50) < Decimal("0.1")
    truth = sum(15 * calendar.monthrange(2024, n)[1] * max(0, 18 - t) for n, (t, _) in enumerate(YEAR, 1))
    assert abs(found.kwh - truth) < Decimal("2")
    assert regression(found).within is True and regression(found).cv_rmse < Decimal("0.01")


def test_only_what_was_measured_is_counted() -> None:
    found = saving("baseline", months(heated, "hdd", "production"), model="linear", end="2034-12-31")
    assert [year.year for year in found.years] == [2024]
    assert found.years[0].end == date(2024, 12, 31)
    assert "nothing is carried over" in " ".join(map(str, found.effect.assumptions))


def test_months_add_up_to_the_year_and_to_predicted_less_measured() -> None:
    found = saving("baseline", months(heated, "hdd", "production"), model="linear")
    (year,) = found.years
    points = [one for one in regression(found).points if one.phase == "reporting"]
    assert year.kwh == sum((one.predicted - one.measured for one in points), Decimal(0))
    assert sum((kwh for _, kwh in year.months), Decimal(0)) == year.kwh
    assert found.effect.steps[-1].result == year.kwh


def test_no_change_saves_nothing() -> None:
    alike = months(lambda days, t, p, done: heated(days, t, p, False), "hdd", "production")
    assert saving("baseline", alike, model="linear").kwh == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 9))
def test_in_another_size_of_the_plant_everything_is_as_much_larger(times: int) -> None:
    one = saving("baseline", months(heated, "hdd", "production"), model="linear")
    many = saving("baseline", months(lambda *said: times * heated(*said), "hdd", "production"), model="linear")
    assert abs(many.kwh - times * one.kwh) < Decimal("0.2")


def noisy(days: int, temperature: float, production: float, done: bool) -> float:
    wave = 1500.0 * float(np.sin(3.0 * temperature + production))
    return heated(days, temperature, production, done) + wave


def test_the_uncertainty_is_that_of_the_guideline() -> None:
    found = saving("baseline", months(noisy, "hdd", "production"), model="linear", confidence="90")
    known, sure = regression(found), found.effect.uncertainty
    assert sure is not None and sure.amount is not None and sure.confidence == 90
    whole = float(sum(one.predicted for one in known.points if one.phase == "reporting"))
    expected = savings_error(t_quantile(0.9, 12 - 3), float(known.cv_rmse) / 100, whole, 12, 12)
    assert float(sure.amount) == pytest.approx(expected, rel=1e-4)
    assert sure.percent == round(sure.amount / found.kwh * 100, 4)
    assert (known.n, known.m, known.p) == (12, 12, 3)


def test_limits_of_the_guideline_are_those_of_the_length_of_periods() -> None:
    wild = months(lambda d, t, p, done: heated(d, t, p, done) * (1.6 if p > 440 else 0.6), "hdd")
    found = saving("baseline", wild, model="linear")
    assert regression(found).within is False
    words = " ".join(map(str, found.warnings))
    assert "miss the limits of ASHRAE Guideline 14, 15 % and 5 %" in words
    assert "more than half of the saving" in words


def days_of(first: date, count: int, level: float, smooth: float) -> list[str]:
    """Daily energy over the temperature; residuals that look like those of the day before when ``smooth`` is near 1."""
    random = np.random.default_rng(3)
    lines, error = [], 0.0
    for number in range(count):
        day = first + timedelta(days=number)
        temperature = round(10 - 14 * float(np.cos(2 * np.pi * number / 365)), 1)
        error = smooth * error + random.normal(0.0, 40.0)
        energy = level * (1000 + 30 * max(0.0, 16 - temperature)) + error
        lines.append(f"{day},{energy:.2f},{temperature}")
    return lines


def test_days_that_look_like_the_day_before_count_for_fewer() -> None:
    def made(smooth: float) -> Saving:
        rows = days_of(date(2023, 1, 1), 365, 1.0, smooth) + days_of(date(2024, 1, 1), 365, 0.9, smooth)
        return saving("baseline", "start,energy,temperature\n" + "\n".join(rows) + "\n", model="3ph")

    alike, apart = made(0.9), made(0.0)
    assert regression(alike).effective < 60 < 300 < regression(apart).effective
    assert regression(alike).within is None  # no limits for days
    sure, unsure = apart.effect.uncertainty, alike.effect.uncertainty
    assert sure is not None and unsure is not None and sure.percent is not None and unsure.percent is not None
    assert unsure.percent > 2 * sure.percent
    assert "365 periods count as" in str(unsure.basis)


def test_hours_are_read_and_summed_by_days() -> None:
    lines = ["start,energy,temperature"]
    for day in range(1, 15):
        for hour in range(24):
            temperature = day % 7 + hour / 8
            for year, used in ((2023, 1.0), (2024, 0.8)):
                energy = used * (10 + 2 * max(0.0, 8 - temperature))
                lines.append(f"{year}-01-{day:02}T{hour:02}:00,{energy:.4f},{temperature}")
    found = saving("baseline", "\n".join(lines) + "\n", model="3ph")
    assert len(found.effect.flows[0].measured) == 14
    assert regression(found).n == 14 * 24 and regression(found).within is True
    assert found.years[0].start == date(2024, 1, 1) and found.years[0].end == date(2024, 1, 14)


def test_a_bill_across_the_first_day_is_in_neither() -> None:
    table = months(heated, "hdd", "production").replace("2024-01-01,2024-01-31", "2023-12-31,2024-01-31")
    table = table.replace("2023-12-01,2023-12-31", "2023-12-01,2023-12-30")
    found = saving("baseline", table, model="linear")
    assert (regression(found).n, regression(found).m) == (12, 11)
    assert "both sides of the first day of the measure, left out: 1." in " ".join(map(str, found.warnings))


def test_a_phase_that_is_stated_wins() -> None:
    head, *lines = months(heated, "hdd", "production").splitlines()
    said = [f"{head},phase", *(f"{one},{'out' if one.startswith('2023-01') else ''}" for one in lines)]
    assert regression(saving("baseline", "\n".join(said) + "\n", model="linear")).n == 11


def test_what_the_baseline_never_saw_and_what_means_nothing_is_told() -> None:
    table = months(heated, "hdd", "production").replace(",441\n", ",900\n").replace(",900\n", ",441\n", 1)
    found = saving("baseline", table, model="linear")
    words = " ".join(map(str, found.warnings))
    assert "Periods in which the production lies outside the baseline: 1;" in words
    noise = months(lambda d, t, p, done: 1000 * d + 400 * np.sin(7 * t + p), "hdd", "production")
    assert "may as well be zero" in " ".join(map(str, saving("baseline", noise, model="linear").warnings))


def test_a_short_baseline_is_told() -> None:
    lines = months(heated, "hdd").splitlines()
    short = "\n".join((lines[0], *lines[7:])) + "\n"
    assert "covers 184 days, less than a year" in " ".join(map(str, saving("baseline", short, model="linear").warnings))


def test_a_fuel_is_counted_in_its_own_unit() -> None:
    gas = months(lambda *said: heated(*said) / 10, "hdd", "production")
    found = saving("baseline", gas, item="natural_gas", unit="m3", model="linear", currency="CNY", price="3.4",
                   price_unit="m3")  # fmt: skip
    (line,) = found.years[0].lines
    assert line.flow.unit == "m3" and line.kwh is not None and line.kwh > line.amounts.saved * 9
    assert line.money == round(line.amounts.saved * Decimal("3.4"), 2)
    assert line.factor is not None and line.tonnes is not None
    assert abs(line.tonnes / line.amounts.saved * 10000 - Decimal("21.6")) < Decimal("0.5")


MONTHS = months(heated, "hdd", "production")


@pytest.mark.parametrize(
    ("data", "changes", "words"),
    [
        ("", {}, "has no table yet"),
        (MONTHS, {"start": "2030-01-01", "end": "2030-12-31"}, "No row of the table lies within the measure"),
        (MONTHS, {"start": "2020-01-01", "end": "2026-12-31"}, "No row of the table lies before"),
        (MONTHS, {"model": "5p"}, "needs the column temperature"),
        (MONTHS, {"model": "degree_days"}, "needs the column temperature"),
        (months(heated, "temperature"), {"model": "degree_days"}, "Base temperature of heating"),
        (months(heated, "temperature"), {"model": "linear"}, "no variable for the model"),
        (months(heated, "hdd", years=(2023, 2024))[:120], {"model": "linear"}, "cells, the headings"),
        (MONTHS, {"item": "natural_gas", "unit": "kWh"}, "net or gross calorific value"),
        (MONTHS, {"unit": "m3"}, "is not measured in m3"),
        (MONTHS.replace("2023-02-01", "2023-01-31"), {}, "Row 3, column start: It overlaps row 2"),
        (MONTHS.replace("2023-02-01,2023-02-28", "2023-02-28,2023-02-01"), {}, "ends before it begins"),
        ("start,energy\n2023-01-01,0\n2023-01-02,0\n2024-01-01,5\n", {"model": "mean"}, "baseline has no energy"),
        ("start,energy,phase\n2023-01-01,1,\n2023-01-02,2,reporting\n2024-01-01,5,\n", {"model": "mean"},
         "lies outside the measure"),
        ("start,energy\n2023-01-01,1\n2024-01-01,5\n", {"model": "mean"}, "too few"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_says_why(data: str, changes: dict[str, str], words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        saving("baseline", data, **{"model": "linear", **changes})
    assert refused.value.remedy is not None
