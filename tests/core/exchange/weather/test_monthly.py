"""Tables of twelve months, as people type them."""

from __future__ import annotations

import pytest

from core.errors import UserError
from core.exchange.weather import WeatherRead, read_weather

MONTHS = [(month, 40 + 9 * min(month, 13 - month), 3.5 * min(month, 13 - month) - 5) for month in range(1, 13)]
ROWS = [f"{month},{sun},{warmth}" for month, sun, warmth in MONTHS]


def read(lines: list[str], encoding: str = "utf-8") -> WeatherRead:
    return read_weather("\n".join(lines).encode(encoding), "climate.csv")


def refused(lines: list[str]) -> str:
    with pytest.raises(UserError) as caught:
        read(lines)
    assert caught.value.remedy is not None
    return str(caught.value)


def test_month_irradiation_and_temperature_are_enough() -> None:
    found = read(["month,ghi,temperature", *ROWS])
    assert (found.kind, found.latitude, found.longitude, found.elevation, found.source) == (
        "monthly",
        None,
        None,
        None,
        "",
    )
    assert found.climate is not None and found.hourly is None
    assert found.climate.ghi.tolist() == [sun for _, sun, _ in MONTHS]
    assert found.climate.temperature.tolist() == [warmth for _, _, warmth in MONTHS]
    assert (found.climate.site, found.climate.diffuse, found.climate.wind) == (None, None, None)


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    rows = [f"{warmth},x,{sun},{month}" for month, sun, warmth in reversed(MONTHS)]
    found = read(["temperature [°C],note,GHI (kWh/m²),Month", *rows]).climate
    assert found is not None and found.ghi.tolist() == [sun for _, sun, _ in MONTHS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_in_chinese(encoding: str) -> None:
    rows = [f"{month}月;{sun};{warmth}".replace(".", ",") for month, sun, warmth in MONTHS]
    found = read(["月份;总辐照量（kWh/m²）;平均气温（℃）", *rows], encoding).climate
    assert found is not None and found.temperature.tolist() == [warmth for _, _, warmth in MONTHS]


def test_names_of_months_more_columns_and_the_place() -> None:
    names = ("Jan", "February", "mar", "APR", "May", "june", "Jul", "Aug", "September", "Oct", "Nov", "Dec")
    rows = [f"{name}\t{sun}\t{warmth}\t{sun / 2}\t3" for name, (_, sun, warmth) in zip(names, MONTHS, strict=True)]
    found = read(
        ["# latitude: 39.9", "# Longitude: 116.4", "# elevation = 50", "# source: 1991-2020, station 54511", "",
         "month\tghi\ttemperature\tdiffuse\twind", *rows]
    )  # fmt: skip
    assert (found.latitude, found.longitude, found.elevation) == (39.9, 116.4, 50.0)
    assert found.source == "1991-2020, station 54511"
    assert found.climate is not None and found.climate.diffuse is not None and found.climate.wind is not None
    assert found.climate.diffuse[0] == MONTHS[0][1] / 2 and found.climate.wind.tolist() == [3.0] * 12


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["month,ghi,temperature", *ROWS[:11]], "These months are missing: 12"),
        (["month,ghi,temperature", *ROWS, ROWS[4]], "Row 14: month 5 is there twice"),
        (["month,ghi,temperature", *ROWS[:4], "13,1,1", *ROWS[5:]], "Row 6: “13” is no month"),
        (["month,ghi,temperature", *ROWS[:4], ",1,1", *ROWS[5:]], "Row 6: “” is no month"),
        (["month,ghi,temperature", *ROWS[:4], "5,sun,1", *ROWS[5:]], "Row 6, column Irradiation"),
        (["month,ghi,temperature", *ROWS[:4], "5,,1", *ROWS[5:]], "Row 6, column Irradiation"),
        (["month,ghi,temperature", *ROWS[:4], "5,4500,1", *ROWS[5:]], "Row 6, column Irradiation: 4,500 cannot be"),
        (
            ["month,ghi,temperature", *ROWS[:4], "5,100,300", *ROWS[5:]],
            "Row 6, column Temperature of the air: 300 cannot be",
        ),
        (["# latitude: 100", "# longitude: 1", "month,ghi,temperature", *ROWS], "Latitude"),
        (["# latitude: 40", "month,ghi,temperature", *ROWS], "Longitude"),
        (["# latitude: 75", "# longitude: 1", "month,ghi,temperature", *ROWS], "In month 1 there is more sun"),
        (["month,ghi,temperature,diffuse", *(f"{row},{200}" for row in ROWS)], "Month 1: the diffuse part is larger"),
        (["month,ghi", *ROWS], "no weather file that is known"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_that_is_not_whole_is_refused_with_its_row(lines: list[str], said: str) -> None:
    assert said in refused(lines)
