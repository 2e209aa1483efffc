"""What is proposed and what is asked: data decide, or a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.errors import UserError
from core.exchange.series import Guess, guess, look
from core.exchange.series.headings import heading_of, quantity_in, unit_in
from tests.core.exchange.series.files import written

BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")


def rows(form: str, start: datetime, minutes: int, count: int, value: str = "1.5") -> list[str]:
    """Rows of times in some form."""
    return [f"{start + timedelta(minutes=minutes * i):{form}},{value}" for i in range(count)]


def proposed(path: Path, lines: list[str], head: str = "time,load (kWh)", zone: ZoneInfo = SHANGHAI) -> Guess:
    """What is proposed for a file."""
    return guess(look(written(path, lines, head)), zone)


def fields(found: Guess) -> set[str]:
    """What is asked."""
    return {question.field for question in found.questions}


@pytest.mark.parametrize(
    ("form", "start", "order"),
    [
        ("%d/%m/%Y %H:%M", datetime(2024, 1, 12, 20), "dmy"),
        ("%m/%d/%Y %H:%M", datetime(2024, 1, 12, 20), "mdy"),
        ("%d.%m.%Y %H:%M", datetime(2024, 1, 2), "dmy"),
        ("%Y-%m-%d %H:%M", datetime(2024, 1, 2), "ymd"),
        ("%Y/%m/%d %H:%M", datetime(2024, 1, 2), "ymd"),
    ],
)
def test_a_day_above_12_or_points_decide(form: str, start: datetime, order: str, tmp_path: Path) -> None:
    found = proposed(tmp_path, rows(form, start, 15, 40))
    assert found.mapping.order == order
    assert "order" not in fields(found)


def test_midnight_decides_because_the_next_day_follows(tmp_path: Path) -> None:
    for form, order in (("%d/%m/%Y %H:%M", "dmy"), ("%m/%d/%Y %H:%M", "mdy")):
        found = proposed(tmp_path, rows(form, datetime(2024, 1, 2, 20), 15, 40))
        assert found.mapping.order == order
        assert "follow each other without a jump" in " ".join(map(str, found.reasons))


def test_what_the_data_do_not_decide_is_asked(tmp_path: Path) -> None:
    found = proposed(tmp_path, rows("%d/%m/%Y %H:%M", datetime(2024, 1, 2, 1), 15, 40))
    assert found.mapping.order == ""
    assert "Does the day or the month come first in “02/01/2024 01:00”?" in [str(q.text) for q in found.questions]
    with pytest.raises(UserError, match="day or the month comes first"):
        found.mapping.checked()


def test_a_row_far_back_decides(tmp_path: Path) -> None:
    lines = rows("%d/%m/%Y", datetime(2024, 1, 1), 1440, 12) * 3_000 + ["31/12/2024,1.5"]
    assert proposed(tmp_path, lines).mapping.order == "dmy"


@pytest.mark.parametrize(
    ("start", "count", "label", "asked"),
    [
        (datetime(2024, 1, 1, 0, 15), 96 * 2, "right", False),
        (datetime(2024, 1, 1), 96 * 2, "left", False),
        (datetime(2024, 1, 1, 7), 96, "left", True),
    ],
)
def test_whole_days_show_what_a_time_names(
    start: datetime, count: int, label: str, asked: bool, tmp_path: Path
) -> None:
    found = proposed(tmp_path, rows("%Y-%m-%d %H:%M", start, 15, count))
    assert found.mapping.label == label
    assert ("label" in fields(found)) is asked


def test_whole_days_of_power_may_be_samples(tmp_path: Path) -> None:
    found = proposed(tmp_path, rows("%Y-%m-%d %H:%M", datetime(2024, 1, 1), 15, 96), "time,load (kW)")
    assert "label" in fields(found)


def test_the_clock_is_asked_where_clocks_are_changed(tmp_path: Path) -> None:
    lines = rows("%Y-%m-%d %H:%M", datetime(2024, 1, 1), 15, 96)
    assert "clock" in fields(proposed(tmp_path, lines, zone=BERLIN))
    assert "clock" not in fields(proposed(tmp_path, lines, zone=SHANGHAI))
    said = proposed(tmp_path, lines, "time (UTC),load (kWh)", BERLIN)
    assert (said.mapping.clock, "clock" in fields(said)) == ("utc", False)


def test_stated_distances_and_intervals_are_told_apart(tmp_path: Path) -> None:
    stamped = [f"2024-01-01 {h:02d}:00-05:00,1" for h in range(24)]
    assert proposed(tmp_path, stamped).mapping.clock == "stamped"
    intervals = [f"2024-01-01 {h:02d}:00-{h + 1:02d}:00,1" for h in range(20)]
    assert proposed(tmp_path, intervals).mapping.clock == "local"


@pytest.mark.parametrize(
    ("value", "sign", "asked"),
    [("1.5", ".", False), ("1,5", ",", False), ("1.234,5", ",", False), ("1,234", ".", True), ("12", ".", False)],
)
def test_the_decimal_sign(value: str, sign: str, asked: bool, tmp_path: Path) -> None:
    lines = [row.replace(",", ";") for row in rows("%Y-%m-%d %H:%M", datetime(2024, 1, 1), 15, 96, "0")]
    lines = [f"{line[:-1]}{value}" for line in lines]
    found = proposed(tmp_path, lines, "time;load (kWh)")
    assert (found.mapping.decimal, "decimal" in fields(found)) == (sign, asked)


def test_a_rising_column_is_asked_about(tmp_path: Path) -> None:
    lines = [f"2024-01-01 {h:02d}:{m:02d},{1000 + h * 60 + m}" for h in range(24) for m in (0, 30)]
    found = proposed(tmp_path, lines)
    assert found.mapping.values[0].quantity == "counter"
    assert "Is it the state of a counter?" in str(found.questions[0].text)
    named = proposed(tmp_path, lines, "time,Zählerstand (kWh)")
    assert named.mapping.values[0].quantity == "counter"
    assert "values" not in fields(named)


def hourly(states: list[int]) -> list[str]:
    """A row for each hour."""
    return [f"2024-01-{1 + i // 24:02d} {i % 24:02d}:00,{state}" for i, state in enumerate(states)]


ROLLED = [(99_990 + i) % 100_000 for i in range(48)]
EXCHANGED = [*range(45_000, 45_024), *range(24)]


@pytest.mark.parametrize(
    "head", ["Zählerstand kWh", "meter reading (kWh)", "表底（kWh）", "Stan licznika [kWh]", "示数(kWh)"]
)
@pytest.mark.parametrize("states", [ROLLED, EXCHANGED, [7] * 48, [5, 6, 8]])
def test_what_is_named_a_counter_is_never_energy_without_a_question(
    states: list[int], head: str, tmp_path: Path
) -> None:
    found = proposed(tmp_path, hourly(states), f"time,{head}")
    assert [value.quantity for value in found.mapping.values] == ["counter"]
    assert found.mapping.meter == -1
    asked = [str(question.text) for question in found.questions if question.field == "values"]
    assert asked == [
        f"The name “{head}” says that it is a counter, but its values do not show it. Is it the state of a counter, or "
        "the amount of each interval?"
    ]


def test_a_counter_with_its_unit_in_another_column_is_no_energy(tmp_path: Path) -> None:
    lines = [f"{row},kWh" for row in hourly(ROLLED)]
    found = proposed(tmp_path, lines, "time,Meter reading,unit")
    assert [(value.column, value.quantity, value.unit) for value in found.mapping.values] == [(1, "counter", "kWh")]
    assert "values" in fields(found)


def test_a_day_of_counter_states_in_a_row_is_asked_about(tmp_path: Path) -> None:
    lines = [
        f"Zählerstand (kWh),2024-01-{d:02d}," + ",".join(str(100 * d + h) for h in range(24)) for d in range(1, 29)
    ]
    found = proposed(tmp_path, lines, "what,day," + ",".join(f"{h:02d}:00" for h in range(24)))
    assert (found.mapping.form, found.mapping.values[0].quantity) == ("day", "counter")
    assert "values" in fields(found)


def test_a_file_without_a_column_of_values_asks_for_it(tmp_path: Path) -> None:
    found = proposed(tmp_path, hourly(list(range(48))), "time,SOC (%)")
    assert found.mapping.values == ()
    assert "Which columns hold the values?" in [str(q.text) for q in found.questions if q.field == "values"]


def test_late_seconds_are_asked_about(tmp_path: Path) -> None:
    lines = [f"2024-01-01 {h:02d}:{m:02d}:{(h * 7 + m) % 13:02d},1" for h in range(6) for m in range(0, 60, 5)]
    assert "tolerance" in fields(proposed(tmp_path, lines))


def test_columns_of_no_meter_are_named(tmp_path: Path) -> None:
    lines = [f"2024-01-01 {h:02d}:00,1.5,99,230" for h in range(24)]
    found = proposed(tmp_path, lines, "time,load (kWh),SOC (%),U (V)")
    assert [value.column for value in found.mapping.values] == [1]
    assert "Not read: SOC (%), U (V)" in [str(reason) for reason in found.reasons]


def test_days_of_excel_as_numbers(tmp_path: Path) -> None:
    lines = [f"{45292 + i / 96:.10f},1.5" for i in range(96)]
    assert proposed(tmp_path, lines).mapping.order == "serial"


def test_a_file_without_times_is_refused(tmp_path: Path) -> None:
    for lines in (["a,b"], [], ["1,2", "3,4"]):
        with pytest.raises(UserError, match="No rows of times and values"):
            proposed(tmp_path, lines)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("PV Yield (kWh)", ("energy", "kWh")),
        ("逆变器1/总有功功率(kW)", ("power", "kW")),
        ("[Wh]", ("energy", "Wh")),
        ("Verbrauch in kWh", ("energy", "kWh")),
        ("Irradiance W/m²", ("level", "W/m2")),
        ("Global Irradiation (kWh/㎡)", ("energy", "kWh/m2")),
        ("温度（℃）", ("level", "degC")),
        ("用气量（立方米）", ("energy", "m3")),
        ("SOC(%)", ("", "")),
        ("Specific energy (kWh/kWp)", ("", "")),
        ("Reactive (kvarh)", ("", "")),
        ("Time", None),
        ("", None),
    ],
)
def test_units_of_headings(text: str, unit: tuple[str, str] | None) -> None:
    assert unit_in(text) == unit


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("Total yield", "counter"), ("Zählerstand", "counter"), ("当日发电量", "day_counter"), ("有功功率", "power"),
     ("正向有功总电量", "counter"), ("Energy", "energy"), ("Foo", "")],
)  # fmt: skip
def test_quantities_of_headings(text: str, quantity: str) -> None:
    assert quantity_in(text) == quantity


def test_the_name_of_a_column_is_no_bare_unit() -> None:
    head = [["", "SN: 1"], ["", "Power"], ["", "Analog"], ["dd.MM.yyyy", "kW"]]
    assert heading_of(head, 1) == "Power"
    assert heading_of([["a", "kW"]], 1) == "kW"
    assert heading_of([["a"]], 7) == ""


def test_a_file_of_clock_times_alone_is_refused(tmp_path: Path) -> None:
    """No column of it is a moment, a day or a number; the proposal ended in a traceback."""
    path = tmp_path / "x.csv"
    path.write_text("1.1.24;0;\n0;:")
    with pytest.raises(UserError, match="No rows of times and values"):
        guess(look(path))
