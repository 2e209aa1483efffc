"""Solar hot water: the f-chart against its published example, its limits, and the heat meter."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.savings._fchart import gain_ratio, loss_ratio, solar_fraction, storage_correction, water_correction
from tests.core.savings.measures import EXAMPLES, saving

CASE = EXAMPLES["f_chart"][0]
KWH_OF_GJ = Decimal(1000) / Decimal("3.6")
METERED = "month,heat\n" + "".join(f"{month},{month * 100}\n" for month in range(1, 13))
SHARE = st.decimals(min_value=0, max_value=1, places=3)


def published() -> tuple[Decimal, Decimal]:
    load = Decimal(CASE["load_gj"]) * KWH_OF_GJ
    area, exchanger = Decimal(CASE["area"]), Decimal(CASE["exchanger"])
    hours, sun = Decimal(CASE["days"]) * 24, Decimal(CASE["irradiation_mj_day"]) * CASE["days"] / Decimal("3.6")
    x = loss_ratio(Decimal(CASE["loss"]), exchanger, Decimal(CASE["ambient"]), hours, area, load)
    return x, gain_ratio(Decimal(CASE["optical"]), exchanger, Decimal(CASE["incidence"]), sun, area, load)


def test_the_published_example_to_its_digits() -> None:
    x, y = published()
    expected = CASE["expected"]
    assert (round(x, 2), round(y, 2)) == (Decimal(expected["x"]), Decimal(expected["y"]))
    assert round(solar_fraction(round(x, 2), round(y, 2)), 3) == Decimal(expected["f_of_rounded"])


def test_corrections_are_one_at_what_the_chart_was_drawn_for() -> None:
    assert storage_correction(Decimal(75)) == 1
    assert storage_correction(Decimal(300)) < 1 < storage_correction(Decimal("37.5"))
    warmer, colder = (water_correction(Decimal(15), Decimal(hot), Decimal(10)) for hot in (70, 50))
    assert warmer > colder


@given(st.decimals(min_value=0, max_value=30, places=2), st.decimals(min_value=0, max_value=6, places=2))
def test_a_fraction_is_one(x: Decimal, y: Decimal) -> None:
    assert 0 <= solar_fraction(x, y) <= 1


@given(st.decimals(min_value=0, max_value=15, places=2), st.decimals(min_value="0.1", max_value=2, places=2))
def test_more_losses_never_help(x: Decimal, y: Decimal) -> None:
    assert solar_fraction(x + 1, y) <= solar_fraction(x, y)


def test_no_more_is_saved_than_is_needed_and_months_add_up() -> None:
    found = saving("solar_hot_water", area="100000", pumps="")
    (year,) = found.years
    (line,) = year.lines
    assert Decimal(0) < line.amounts.after < line.amounts.before
    assert sum((kwh for _, kwh in year.months), Decimal(0)) == year.kwh == line.amounts.saved
    assert "the chart ends there" in " ".join(map(str, found.warnings))


def test_larger_collectors_save_more_and_each_square_metre_less() -> None:
    one, two, four = (saving("solar_hot_water", area=area, pumps="").kwh for area in ("20", "40", "80"))
    assert one < two < four and two < 2 * one and four < 2 * two


def test_what_is_saved_is_the_energy_of_the_boiler() -> None:
    good, bad = (saving("solar_hot_water", efficiency=one, pumps="").kwh for one in ("100", "50"))
    assert abs(bad - 2 * good) < Decimal("0.0001")


def test_pumps_are_a_line_of_their_own() -> None:
    found = saving("solar_hot_water", pumps="350", currency="EUR", price="0.09", electricity_price="0.3")
    heat, pumps = found.years[0].lines
    assert pumps.flow.item == "electricity" and pumps.amounts.saved == -350 and pumps.money == Decimal("-105.00")
    assert found.years[0].kwh == heat.amounts.saved - 350


def test_a_heat_meter_says_months_and_its_place_what_is_left_out() -> None:
    found = saving("solar_hot_water", METERED, way="meter", meter_place="collector", pumps="", efficiency="80")
    (year,) = found.years
    assert year.kwh == Decimal(7800) / Decimal("0.8")
    assert [kwh for _, kwh in year.months][:2] == [Decimal(125), Decimal(250)]
    assert found.effect.option == "B"
    assert "The meter stands before the storage" in " ".join(map(str, found.effect.left_out))
    behind = saving("solar_hot_water", METERED, way="meter", pumps="", efficiency="80")
    assert "before the storage" not in " ".join(map(str, behind.effect.left_out))


def test_a_heat_meter_of_a_year_alone_knows_no_months() -> None:
    found = saving("solar_hot_water", "", way="meter", heat="9000", pumps="", efficiency="90")
    assert found.years[0].kwh == 10000 and found.years[0].months == ()


def test_the_inlet_certificate_needs_no_conversion() -> None:
    mean = saving("solar_hot_water", loss_2="", pumps="", rise="0")
    inlet = saving("solar_hot_water", loss_2="", pumps="", certificate="inlet")
    assert inlet.kwh > mean.kwh  # the same numbers over the colder inlet are the better collector
    assert not any("inlet" in str(step.what) for step in inlet.effect.steps)


@pytest.mark.parametrize(
    ("data", "changes", "words"),
    [
        ("", {}, "has no table yet"),
        ("month,irradiation\n1,100\n", {}, "twelve months"),
        (METERED, {}, "column mains"),
        (METERED.replace("7,700", "7,"), {"way": "meter"}, "Row 8, column heat"),
        (None, {"hot": "20"}, "out of range"),
        (None, {"optical": ""}, "η₀ or F_R"),
        (None, {"efficiency": ""}, "Efficiency of what is replaced"),
        (None, {"storage": "20"}, "out of range"),
        ("", {"way": "meter"}, "Solar heat measured in a year"),
    ],
)
def test_what_is_missing_is_named(data: str | None, changes: dict[str, str], words: str) -> None:
    with pytest.raises(UserError, match=words):
        saving("solar_hot_water", data, **changes)


def test_cold_water_warmer_than_hot_is_refused_with_its_row() -> None:
    rows = "".join(f"{month},120,10,35,50\n" for month in range(1, 13))
    with pytest.raises(UserError, match="In row 2 the cold water is not colder"):
        saving("solar_hot_water", "month,irradiation,ambient,mains,water\n" + rows, hot="35")
