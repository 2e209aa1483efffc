"""Weather files of all kinds: times, codes, places, and everything that is none."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.read import MAX_BYTES
from core.exchange.weather import KINDS, WeatherRead, read_weather, reading
from core.solar.expected import hourly
from core.solar.model import Array, Model
from core.solar.weather import Hourly
from tests.core.exchange.weather.files import (
    EPW_HEAD,
    PVGIS_HEAD,
    TMY3_HEAD,
    UNIVERSAL,
    YEAR,
    data,
    epw,
    february,
    pvgis_hours,
    pvgis_json,
    pvgis_months,
    pvgis_typical,
    tmy3,
)
from tests.documented import run_examples

EPW, TMY3 = epw(), tmy3()
PVGIS, TYPICAL = pvgis_hours(), pvgis_typical()


def read(lines: list[str]) -> WeatherRead:
    return read_weather(data(lines), "weather")


def hours(lines: list[str]) -> Hourly:
    found = read(lines).hourly
    assert found is not None
    return found


def same(one: Hourly, other: Hourly) -> None:
    """The same light and warmth in the same hours of the day."""
    for name in ("ghi", "dni", "dhi", "temp_air", "wind"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=0.001)


def changed(lines: list[str], row: int, column: int, text: str) -> list[str]:
    """A file with another cell; rows and columns count from 1."""
    cells = lines[row - 1].split(",")
    cells[column - 1] = text
    return [*lines[: row - 1], ",".join(cells), *lines[row:]]


def refused(lines: list[str]) -> str:
    with pytest.raises(UserError) as caught:
        read(lines)
    assert caught.value.remedy is not None
    return str(caught.value)


def test_the_examples_run() -> None:
    assert run_examples(reading).failed == 0
    assert KINDS == ("epw", "tmy3", "pvgis", "monthly")


def test_hour_1_of_an_epw_is_the_first_of_the_day_in_local_standard_time() -> None:
    found = read(EPW)
    assert (found.kind, found.latitude, found.longitude, found.elevation) == ("epw", 49.7, 21.8, 280.0)
    assert "Krosno" in found.source and "POL" in found.source
    weather = hours(EPW)
    same(weather, YEAR)
    assert (weather.start, weather.step, weather.offset, weather.typical) == (YEAR.start, 3_600, 3_600, False)
    assert weather.moment is None and found.weather is found.hourly


def test_a_tmy3_is_a_typical_year() -> None:
    found = read(TMY3)
    assert (found.kind, found.latitude, found.longitude, found.elevation) == ("tmy3", 49.7, 21.8, 280.0)
    assert found.source == "TMY3 126700 KROSNO PL"
    weather = hours(TMY3)
    same(weather, YEAR)
    assert weather.start == 978_307_200 - 3_600 and weather.typical


def test_months_of_an_epw_from_different_years_are_a_typical_year() -> None:
    mixed = [*EPW[:-1], EPW[-1].replace("2021,", "1999,", 1)]
    assert hours(mixed).typical and hours(mixed).start == 978_307_200 - 3_600
    same(hours(mixed), YEAR)


@pytest.mark.parametrize("make", [epw, tmy3])
def test_a_leap_day_is_read_where_it_is_there(make: object) -> None:
    lines = make(february(YEAR))  # type: ignore[operator]
    weather = hours(lines)
    assert len(weather) == 8_784
    months = weather.months - weather.months[0]
    assert (months == 1).sum() == 29 * 24


def test_a_leap_year_without_its_leap_day_only_stands_for_one() -> None:
    assert hours(epw(year=2024)).typical


@pytest.mark.parametrize("lines", [PVGIS, TYPICAL], ids=["hours", "typical"])
def test_pvgis_is_in_utc_and_sees_its_light_at_a_moment(lines: list[str]) -> None:
    found = read(lines)
    assert (found.kind, found.latitude, found.elevation) == ("pvgis", 49.7, 280.0)
    weather = hours(lines)
    assert (weather.offset, weather.moment, weather.plane) == (0, 1_800, None)
    assert weather.typical == (lines is TYPICAL)
    assert weather.start == (978_307_200 if lines is TYPICAL else UNIVERSAL.start)
    assert weather.ghi == pytest.approx(UNIVERSAL.ghi, abs=0.003)
    assert weather.dhi == pytest.approx(UNIVERSAL.dhi, abs=0.003)
    assert weather.wind == pytest.approx(UNIVERSAL.wind, abs=0.003)


def test_json_says_what_csv_says() -> None:
    for lines, name in ((PVGIS, "hourly"), (TYPICAL, "tmy_hourly")):
        one = hours(lines)
        other = read_weather(pvgis_json(lines, name).encode(), "weather.json").hourly
        assert other is not None
        assert (one.start, one.moment, one.offset, one.typical) == (
            other.start,
            other.moment,
            other.offset,
            other.typical,
        )
        for column in ("ghi", "dhi", "temp_air", "wind"):
            assert np.array_equal(getattr(one, column), getattr(other, column))


def test_the_minute_of_a_label_is_the_moment_of_the_light() -> None:
    assert hours(pvgis_hours(minute=10)).moment == 600
    assert hours(pvgis_hours(minute=10)).start == UNIVERSAL.start


def test_a_typical_year_of_older_editions_does_not_say_its_moment() -> None:
    assert hours(pvgis_typical(offset=None)).moment is None
    assert hours(pvgis_typical(offset="0.1761")).moment == 634
    assert hours(pvgis_typical(offset="much")).moment is None


def test_an_epw_of_pvgis_is_in_utc_whatever_its_first_line_says() -> None:
    """PVGIS 5.3 writes a time zone for 8° E, though its rows are those of the CSV in UTC."""
    head = (
        "LOCATION,unknown,-,unknown,ECMWF/ERA,unknown,49.70,6.80,0,280",
        *EPW_HEAD[1:6],
        "COMMENTS 2,Irradiance Time Offset (h):-0.8239",
        *EPW_HEAD[7:],
    )
    weather = hours(epw(UNIVERSAL, (head[0].replace(",0,280", ",1,280"), *head[1:])))
    assert (weather.start, weather.offset, weather.moment) == (UNIVERSAL.start, 0, 634)
    older = (*head[:6], "COMMENTS 2,None", *head[7:])
    assert (hours(epw(UNIVERSAL, older)).offset, hours(epw(UNIVERSAL, older)).moment) == (0, None)
    assert read(epw(UNIVERSAL, older)).source == "ECMWF/ERA"


def test_light_in_a_plane_is_that_of_a_sensor_there() -> None:
    weather = hours(pvgis_hours(slope=30, aspect=-45))
    assert weather.plane == (30.0, 135.0) and weather.ghi is None and weather.poa is not None
    array = Array(100.0, 30.0, 135.0)
    assert hourly(Model(weather.site, (array,)), weather).total > 50_000
    mounting = {"mounting_system": {"fixed": {"slope": {"value": 30}, "azimuth": {"value": -45}}}}
    other = read_weather(pvgis_json(PVGIS, "hourly", mounting).encode(), "x").hourly
    assert other is not None and other.plane == (30.0, 135.0)


def test_months_of_pvgis_are_averaged_over_the_years() -> None:
    found = read(pvgis_months())
    assert found.kind == "pvgis" and found.hourly is None and found.climate is not None
    assert found.weather is found.climate
    assert found.climate.ghi[0] == pytest.approx(25.5) and found.climate.temperature[11] == pytest.approx(11.5)
    assert found.climate.diffuse is not None and found.climate.diffuse[0] == pytest.approx(25.5 * 0.5)
    assert found.climate.site is not None and found.climate.site.latitude == 49.7
    sun = {month: 20.0 if month in (1, 12) else 40.0 for month in range(2, 13)}
    records = [{"year": 2020, "month": month, "H(h)_m": light, "T2m": 8.0} for month, light in sun.items()]
    told = {"inputs": {"location": {"latitude": 49.7, "longitude": 21.8}}, "outputs": {"monthly": records}}
    with pytest.raises(UserError, match="every month equally often"):
        read_weather(json.dumps(told).encode(), "x")
    records.append({"year": 2020, "month": 1, "H(h)_m": 20.0, "T2m": -3.0})
    months = read_weather(json.dumps(told).encode(), "x").climate
    assert months is not None and months.ghi[0] == 20.0 and months.temperature[0] == -3.0 and months.diffuse is None


def test_missing_codes_are_gaps_and_a_column_of_them_is_not_there() -> None:
    holed = changed(changed(EPW, 9 + 12, 14, "9999"), 9 + 13, 7, "99.9")
    weather = hours(holed)
    assert weather.ghi is not None and weather.temp_air is not None
    assert np.flatnonzero(np.isnan(weather.ghi)).tolist() == [12]
    assert np.flatnonzero(np.isnan(weather.temp_air)).tolist() == [13]
    windless = [*EPW[:8], *(",".join([*line.split(",")[:21], "999", "5"]) for line in EPW[8:])]
    assert hours(windless).wind is None
    assert np.isnan(hours(changed(TMY3, 3, 9, "-9900")).temp_air).sum() == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (changed(EPW, 100, 14, "sunny"), "Row 100, column Global horizontal irradiance: “sunny” is no number"),
        (changed(EPW, 100, 14, ""), "Row 100, column Global horizontal irradiance: “” is no number"),
        (changed(EPW, 100, 14, "1e999"), "Row 100, column Global horizontal irradiance: inf cannot be"),
        (changed(EPW, 100, 14, "nan"), "“nan” is no number"),
        (changed(EPW, 100, 14, "１２"), "“１２” is no number"),
        (changed(EPW, 100, 14, "1_000"), "“1_000” is no number"),
        (changed(EPW, 100, 14, "2000"), "Row 100, column Global horizontal irradiance: 2000 cannot be"),
        (changed(EPW, 100, 7, "-273"), "Row 100, column Temperature of the air: -273 cannot be"),
        (changed(EPW, 100, 22, "-1"), "Row 100, column Wind speed: -1 cannot be"),
        (changed(EPW, 100, 4, "5"), "Row 100 is of 1-4-5, but 1-4-20 comes next"),
        ([*EPW[:50], *EPW[51:], EPW[-1]], "Row 51 is of 1-2-20, but 1-2-19 comes next"),
        (EPW[:-1], "has 8,759 hours; a year has 8,760"),
        ([*EPW[:99], "2021,1,4", *EPW[100:]], "Row 100 has 3 columns instead of 22"),
        (changed(EPW, 1, 7, "91"), "Row 1, column Latitude: 91 cannot be"),
        (changed(EPW, 1, 8, "east"), "Row 1, column Longitude: “east” is no number"),
        (changed(EPW, 1, 9, ""), "Row 1, column Time zone"),
        (changed(EPW, 1, 9, "999"), "Row 1, column Time zone"),
        (changed(EPW, 1, 10, "-9999"), "Row 1, column Elevation"),
        (changed(EPW, 8, 3, "4"), "has 4 values an hour"),
        (["LOCATION,Krosno", *EPW[1:]], "Row 1 has 2 columns instead of 10"),
        (EPW[:8], "first lines of the EPW file are not complete"),
        (EPW[:3] + EPW[8:], "first lines of the EPW file are not complete"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_epw_that_is_not_whole_is_refused_with_its_place(lines: list[str], said: str) -> None:
    assert said in refused(lines)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (changed(TMY3, 50, 4, "x"), "Row 50, column GHI (W/m^2): “x” is no number"),
        (changed(TMY3, 50, 2, "01:00"), "Row 50 is of 01/02/1981 01:00, but 01/02 24:00 comes next"),
        (changed(TMY3, 50, 1, "02/30/1981"), "Row 50 is of 02/30/1981"),
        (changed(TMY3, 50, 1, "1"), "Row 50 is of 1 24:00"),
        (TMY3[:-24], "has 8,736 hours"),
        ([TMY3_HEAD[0], TMY3_HEAD[1].replace("DNI (W/m^2)", "Direct"), *TMY3[2:]], "DNI (W/m^2) not found"),
        ([TMY3_HEAD[0].replace(",1.0,", ",time,"), *TMY3[1:]], "Row 1, column Time zone"),
        (["126700", *TMY3[1:]], "not complete"),
        ([*TMY3[:40], "01/02/1981,15:00", *TMY3[41:]], "Row 41 has 2 columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_tmy3_that_is_not_whole_is_refused_with_its_place(lines: list[str], said: str) -> None:
    assert said in refused(lines)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (changed(PVGIS, 100, 2, "x"), "Row 100, column Gb(i): “x” is no number"),
        (changed(PVGIS, 100, 1, "20210104:1730"), "Row 100 is of 20210104:1730, but 2021-01-04 18:30 comes next"),
        ([*PVGIS[:99], "", *PVGIS[99:]], "interrupted before row 101"),
        (changed(PVGIS, 100, 1, "20211304:1830"), "Row 100: “20211304:1830” is no time"),
        (changed(PVGIS, 100, 1, "yesterday"), "Row 100: “yesterday” is no time"),
        (changed(PVGIS, 100, 1, "20210104:18³0"), "Row 100"),
        ([*PVGIS[:99], "20210104:1830,1", *PVGIS[100:]], "Row 100 has 2 columns instead of 8"),
        (PVGIS[:8], "no table of hours or months"),
        ([*PVGIS[:9], "", "T2m: 2-m air temperature"], "table of the PVGIS file is empty"),
        ([line.replace("Gb(i)", "P") for line in PVGIS], "no column G(i)"),
        ([*PVGIS[:6], "Slope: - deg.", *PVGIS[7:]], "in which fixed plane"),
        ([*PVGIS[:6], *PVGIS[8:]], "in which fixed plane"),
        ([PVGIS_HEAD[0].replace("49.7", "149.7"), *PVGIS[1:]], "column Latitude: 149.7 cannot be"),
        ([PVGIS_HEAD[0], *PVGIS[2:]], "column Longitude"),
        (TYPICAL[:3000], "has 2,982 hours"),
        ([line.replace("G(h)", "RH2") for line in TYPICAL], "no column G(h)"),
        (pvgis_months()[:-5], "every month equally often"),
        ([line.replace("T2m", "x") for line in pvgis_months()], "no column T2m"),
        ([line.replace("H(h)_m", "H(i)_m") for line in pvgis_months()], "no column H(h)_m"),
        ([line.replace("\tJul\t", "\tJuly?\t") for line in pvgis_months()], "every month"),
        ([line.replace("\tJul\t", "\tXyz\t") for line in pvgis_months()], "Row 13: “Xyz” is no month"),
        ([line.replace("150\t", "1500\t") for line in pvgis_months()], "H(h)_m: 1500 cannot be"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_of_pvgis_that_is_not_whole_is_refused_with_its_place(lines: list[str], said: str) -> None:
    if said == "every month":  # a longer name of the month is no harm
        assert read(lines).climate is not None
    else:
        assert said in refused(lines)


JSON = json.loads(pvgis_json(PVGIS, "hourly"))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ('{"inputs": {}, "outputs": {"hourly": [NaN]}}', "not valid JSON"),
        ('{"inputs": {}, "outputs": ', "not valid JSON"),
        ('{"inputs": ' + "[" * 100_000, "not valid JSON"),
        ('{"inputs": ' + "9" * 10_000 + "}", "not valid JSON"),
        ('{"inputs": {}}', "no table of hours or months"),
        ('{"inputs": [], "outputs": []}', "no table of hours or months"),
        ('{"inputs": {}, "outputs": {"hourly": []}}', "in which fixed plane|column Latitude|is empty"),
        ('{"inputs": {}, "outputs": {"hourly": [1, 2]}}', "column Latitude|is empty"),
        ('{"inputs": {}, "outputs": {"hourly": [], "monthly": []}}', "no table"),
        (json.dumps(JSON | {"inputs": JSON["inputs"] | {"mounting_system": {"two_axis": {}}}}), "in which fixed plane"),
        (json.dumps(JSON | {"outputs": {"hourly": [*JSON["outputs"]["hourly"][:9], {"time": "x"}]}}), "Record 10"),
        (json.dumps(JSON | {"outputs": {"hourly": [{**JSON["outputs"]["hourly"][0], "Gb(i)": True}]}}), "no number"),
        (json.dumps(JSON | {"outputs": {"hourly": [{**JSON["outputs"]["hourly"][0], "Gb(i)": [1]}]}}), "no number"),
        (json.dumps(JSON | {"outputs": {"hourly": [{**JSON["outputs"]["hourly"][0], "time": 5}]}}), "is no time"),
        (json.dumps(JSON | {"outputs": {"hourly": JSON["outputs"]["hourly"][:3]}}), "no irradiance"),
    ],
    ids=range(15),
)  # fmt: skip
def test_json_that_is_none_of_pvgis_is_refused(told: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_weather(told.encode(), "weather.json")


def test_light_at_night_betrays_a_wrong_time_zone_or_place() -> None:
    assert "falls into the night" in refused(changed(EPW, 1, 9, "2.0"))
    assert "falls into the night" in refused(changed(EPW, 1, 9, "0.0"))
    assert "falls into the night" in refused(changed(EPW, 1, 8, "-21.8"))
    assert "falls into the night" in refused(changed(EPW, 1, 7, "-49.7"))
    dark = [*EPW[:8], *(",".join([*line.split(",")[:13], "0", "0", "0", *line.split(",")[16:]]) for line in EPW[8:])]
    assert "no irradiance" in refused(dark)
    without = [*EPW[:8], *(",".join([*line.split(",")[:13], "9999", *line.split(",")[14:]]) for line in EPW[8:])]
    assert "no irradiance" in refused(without)


def test_more_sun_than_there_can_be_betrays_wrong_units() -> None:
    bright = [line.replace("\tDec\t\t2", "\tDec\t\t9") for line in pvgis_months()]
    assert "In month 12 there is more sun" in refused(bright)


def test_marks_and_encodings_do_not_matter() -> None:
    same(hours(["\ufeff" + EPW[0], *EPW[1:]]), YEAR)
    assert read_weather(data(EPW, "\n"), "x").kind == "epw"
    latin = data(["LOCATION,Nîmes,-,FRA,Météo,076450,49.70,21.80,1.0,280.0", *EPW[1:]]).decode().encode("latin-1")
    assert "Nîmes" in read_weather(latin, "x").source
    chinese = data(["LOCATION,北京,-,CHN,CSWD,545110,49.70,21.80,1.0,280.0", *EPW[1:]]).decode().encode("gb18030")
    assert "北京" in read_weather(chinese, "x").source
    assert read_weather(data(PVGIS).decode().encode("utf-16"), "x").kind == "pvgis"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"LOCATION\0,",
        b"PK\3\4 no workbook",
        b"month,day\n1,2\n",
        b"\xff\xfe",
        b"{}",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_weather_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(UserError, match=r"weather\.bin is no weather file that is known"):
        read_weather(content, "weather.bin")


def test_too_long_files_and_lines_are_refused_before_they_are_read() -> None:
    with pytest.raises(UserError, match="larger than 50 MB"):
        read_weather(b"LOCATION," + b"x" * MAX_BYTES, "x")
    assert "Row 9 has more than 2,000 characters" in refused([*EPW[:8], "1," * 5_000, *EPW[9:]])
    assert "more than 400,000 lines" in refused(["LOCATION,"] + ["1"] * 400_001)


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for begin in (b"", b"LOCATION,", b"Latitude (decimal degrees):", b'{"inputs": ', b"month,ghi,temperature\n"):
        try:
            read_weather(begin + content, "x")
        except UserError as error:
            assert error.text("en")


@given(st.integers(0, len(EPW) - 1), st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=30))
@settings(max_examples=25)
def test_a_damaged_line_is_read_or_refused(row: int, text: str) -> None:
    for lines in (EPW, TMY3, PVGIS, TYPICAL):
        at = row % len(lines)
        try:
            read([*lines[:at], text, *lines[at + 1 :]])
        except UserError as error:
            assert error.remedy is not None
