"""A day or a month per row, days of 23 and 25 hours among them, and values of whole days and months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from core.errors import UserError
from core.exchange.series import Mapping, Value, guess, look, parse
from tests.core.exchange.series.files import both, mapping, messages, written

BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")
SPRING, AUTUMN = "2024-03-31", "2024-10-27"


def wide(**changes: Any) -> Mapping:
    """A day per row, quarters of an hour."""
    usual = {"form": "day", "time": 0, "values": (Value(1, "power", "kW"),), "last": 96, "clock": "local"}
    return mapping(**{**usual, **changes})


def heads(step: int, *, ends: bool = False, extra: int = 0) -> list[str]:
    """Times of day as headings; ``extra`` minutes of a repeated hour behind 03:00 are written again."""
    minutes = [m + (step if ends else 0) for m in range(0, 24 * 60, step)]
    again = [m for m in minutes if 120 <= m < 180][: extra // step]
    place = next(i for i, m in enumerate(minutes) if m >= 180)
    return [f"{m // 60:d}:{m % 60:02d}" for m in [*minutes[:place], *again, *minutes[place:]]]


def line(day: str, values: Sequence[object]) -> str:
    """A row."""
    return ",".join([day, *map(str, values)])


@pytest.mark.parametrize(("label", "ends"), [("left", False), ("right", True)])
def test_a_day_per_row_under_times(label: str, ends: bool, tmp_path: Path) -> None:
    head = ",".join(["day", *heads(15, ends=ends)])
    rows = [line("2024-05-01", list(range(96))), line("2024-05-02", list(range(96, 192)))]
    found = both(written(tmp_path, rows, head), wide(label=label), BERLIN)
    (series,) = found.columns[0].series
    assert series.start == int(datetime(2024, 5, 1, tzinfo=BERLIN).timestamp())
    assert series.values.tolist() == list(range(192))


@pytest.mark.parametrize(("step", "count"), [(60, 24), (30, 48), (15, 96), (5, 288)])
def test_columns_may_only_be_counted(step: int, count: int, tmp_path: Path) -> None:
    head = ",".join(["day", *(f"P{i}" for i in range(1, count + 1))])
    file = written(tmp_path, [line(f"2024-05-0{d}", list(range(count))) for d in (1, 2, 3)], head)
    proposed = guess(look(file), SHANGHAI)
    assert (proposed.mapping.form, proposed.mapping.numbered) == ("day", True)
    assert {q.field for q in proposed.questions} == {"values", "label"}
    found = both(file, wide(last=count, numbered=True), SHANGHAI)
    assert (found.columns[0].step, found.columns[0].values) == (step * 60, 3 * count)


def test_the_skipped_hour_is_empty_in_a_row_of_96(tmp_path: Path) -> None:
    values = ["" if 8 <= i < 12 else i for i in range(96)]
    found = both(written(tmp_path, [line(SPRING, values)], ",".join(["d", *heads(15)])), wide(), BERLIN)
    assert found.refused_total == 0
    assert found.columns[0].series[0].values.tolist() == [*range(8), *range(12, 96)]


def test_values_in_the_skipped_hour_are_refused(tmp_path: Path) -> None:
    found = both(written(tmp_path, [line(SPRING, list(range(96)))], ",".join(["d", *heads(15)])), wide(), BERLIN)
    assert found.refused_total == 4
    assert "skips this hour in spring" in messages(found)[0]


def test_the_repeated_hour_has_columns_of_its_own(tmp_path: Path) -> None:
    head = ",".join(["d", *heads(15, extra=60)])
    usual = [*range(12), *[""] * 4, *range(12, 96)]
    rows = [line("2024-10-26", usual), line(AUTUMN, list(range(100))), line("2024-10-28", usual)]
    found = both(written(tmp_path, rows, head), wide(last=100), BERLIN)
    (series,) = found.columns[0].series
    assert found.refused_total == 0
    assert series.values.tolist() == [*range(96), *range(100), *range(96)]


@pytest.mark.parametrize(("label", "step", "hours"), [("left", 900, 25), ("right", 900, 25), ("left", 3600, 25)])
def test_counted_columns_of_a_day_of_25_hours(label: str, step: int, hours: int, tmp_path: Path) -> None:
    count = hours * 3600 // step
    head = ",".join(["d", *map(str, range(1, count + 1))])
    usual, short = 24 * 3600 // step, 23 * 3600 // step
    rows = [
        line(SPRING, [*range(short), *[""] * (count - short)]),
        line("2024-04-01", [*range(usual), *[""] * (count - usual)]),
        line(AUTUMN, list(range(count))),
    ]
    found = both(written(tmp_path, rows, head), wide(last=count, numbered=True, label=label), BERLIN)
    assert found.refused_total == 0
    first, second = found.columns[0].series
    assert first.start == int(datetime(2024, 3, 31, tzinfo=BERLIN).timestamp())
    assert first.values.tolist() == [*range(short), *range(usual)]
    assert second.values.tolist() == list(range(count))
    assert second.end == int(datetime(2024, 10, 28, tzinfo=BERLIN).timestamp())


def test_a_value_behind_the_end_of_a_day_is_refused(tmp_path: Path) -> None:
    head = ",".join(["d", *map(str, range(1, 101))])
    found = both(written(tmp_path, [line("2024-05-01", list(range(100)))], head), wide(last=100, numbered=True), BERLIN)
    assert found.refused_total == 4
    assert "shorter than its columns" in messages(found)[0]


def test_several_meters_and_a_bad_cell(tmp_path: Path) -> None:
    head = ",".join(["meter", "day", *heads(60)])
    rows = [line(f"{m},2024-05-01", [*range(23), "x" if m == "B" else 23]) for m in "AB"]
    known = wide(meter=0, time=1, values=(Value(2, "energy"),), last=25)
    found = both(written(tmp_path, rows, head), known, BERLIN)
    assert [column.name for column in found.columns] == ["A", "B"]
    assert messages(found)[0].startswith("Row 3, 23:00: “x” is not a number")
    assert found.columns[1].values == 23


def test_headings_that_are_no_times(tmp_path: Path) -> None:
    file = written(tmp_path, [line("2024-05-01", list(range(96)))], ",".join(["d", *["x"] * 96]))
    with pytest.raises(UserError, match="no times of day as headings"):
        parse(file, wide(), BERLIN)
    with pytest.raises(UserError, match="98 columns"):
        parse(file, wide(last=98, numbered=True), BERLIN)


def test_a_month_per_row(tmp_path: Path) -> None:
    head = ",".join(["month", *(f"{d}日" for d in range(1, 32))])
    rows = [line("2024-02", [*range(1, 30), "", ""]), line("2024-03", list(range(1, 32)))]
    file = written(tmp_path, rows, head)
    proposed = guess(look(file), SHANGHAI)
    assert proposed.mapping.form == "month"
    known = wide(form="month", last=31, values=(Value(1, "energy"),))
    found = both(file, known, SHANGHAI)
    days = found.columns[0].days
    assert (len(days), days[0].start, days[28].end, days[29].start) == (
        60, date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 1),
    )  # fmt: skip
    assert [one.value for one in days] == [*range(1, 30), *range(1, 32)]
    wrong = both(written(tmp_path, [line("2023-02", list(range(1, 32)))], head), known, SHANGHAI)
    assert wrong.refused_total == 3


def days_of(rows: list[str], path: Path, **changes: Any) -> list[tuple[date, date, float]]:
    """Values of whole days."""
    found = both(written(path, rows), mapping(clock="local", **changes), BERLIN)
    assert not found.refused_total
    return [(one.start, one.end, one.value) for one in found.columns[0].days]


def test_days_are_readings_and_not_interval_data(tmp_path: Path) -> None:
    rows = [f"{date(2024, 3, 29) + timedelta(days=i)},{i}" for i in range(5)]
    expected = [(date(2024, 3, 29) + timedelta(days=i),) * 2 + (i,) for i in range(5)]
    assert days_of(rows, tmp_path) == expected
    timed = [f"{date(2024, 3, 29) + timedelta(days=i)} 00:00,{i}" for i in range(5)]
    assert days_of(timed, tmp_path) == expected
    ends = [f"{date(2024, 3, 30) + timedelta(days=i)} 00:00,{i}" for i in range(5)]
    assert days_of(ends, tmp_path, label="right") == expected


def test_a_gap_between_days_is_no_matter(tmp_path: Path) -> None:
    assert len(days_of(["2024-03-01,1", "2024-03-05,2"], tmp_path)) == 2


def test_months(tmp_path: Path) -> None:
    expected = [(date(2024, 1, 1), date(2024, 1, 31), 5.0), (date(2024, 2, 1), date(2024, 2, 29), 6.0)]
    assert days_of(["2024-01,5", "2024-02,6"], tmp_path) == expected
    assert days_of(["2024-01-01,5", "2024-02-01,6"], tmp_path) == expected
    assert days_of(["2024-02-01 00:00,5", "2024-03-01 00:00,6"], tmp_path, label="right") == expected


def test_states_of_a_counter_are_those_at_the_end_of_a_day(tmp_path: Path) -> None:
    counter = (Value(1, "counter"),)
    assert days_of(["2024-03-01,10", "2024-03-02,15"], tmp_path, values=counter) == [
        (date(2024, 3, 1), date(2024, 3, 1), 10.0),
        (date(2024, 3, 2), date(2024, 3, 2), 15.0),
    ]
    midnight = days_of(["2024-03-01 00:00,10", "2024-03-02 00:00,15"], tmp_path, values=counter)
    assert [one[1] for one in midnight] == [date(2024, 2, 29), date(2024, 3, 1)]
    months = days_of(["2024-01,10", "2024-02,15"], tmp_path, values=counter)
    assert [one[1] for one in months] == [date(2024, 1, 31), date(2024, 2, 29)]


def test_days_of_gas_begin_in_the_morning(tmp_path: Path) -> None:
    rows = [f"{date(2024, 3, 29) + timedelta(days=i)} 06:00,{i}" for i in range(5)]
    found = both(written(tmp_path, rows), mapping(clock="local"), BERLIN)
    assert [one.start for one in found.columns[0].days] == [date(2024, 3, 29) + timedelta(days=i) for i in range(5)]
    assert str(found.columns[0].notes[0]) == (
        "Each value is of a day from 06:00 to 06:00; it is taken for the calendar day in which that begins."
    )
    ends = both(written(tmp_path, rows), mapping(clock="local", label="right"), BERLIN)
    assert ends.columns[0].days[0].start == date(2024, 3, 28)
    counter = both(written(tmp_path, rows), mapping(clock="local", values=(Value(1, "counter"),)), BERLIN)
    assert counter.columns[0].days == ()


def test_a_day_whose_midnight_is_skipped_is_a_day(tmp_path: Path) -> None:
    rows = [f"2024-09-0{d},{d}" for d in range(6, 10)]
    found = both(written(tmp_path, rows), mapping(clock="local"), ZoneInfo("America/Santiago"))
    assert [one.value for one in found.columns[0].days] == [6, 7, 8, 9]


def test_dates_alone_with_a_shorter_step_are_no_days(tmp_path: Path) -> None:
    found = both(written(tmp_path, ["2024-03-01,1", "2024-03-02,2"]), mapping(clock="local", step=900), BERLIN)
    assert (found.columns[0].days, found.columns[0].step) == ((), 900)


def test_a_single_day_is_one(tmp_path: Path) -> None:
    assert days_of(["2024-03-01,7"], tmp_path) == [(date(2024, 3, 1), date(2024, 3, 1), 7.0)]


def test_days_of_a_zone_without_changes_are_the_same(tmp_path: Path) -> None:
    found = both(written(tmp_path, ["2024-03-01,1", "2024-03-02,2"]), mapping(clock="local"), SHANGHAI)
    assert [one.value for one in found.columns[0].days] == [1.0, 2.0]
    assert np.isnan(found.columns[0].places) or found.columns[0].places == 0
