"""A whole file: limits before memory, progress, cancelling, names, and never another exception than one for people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.series import Mapping, Value, guess, look, parse, raw
from core.exchange.series import blocks as in_blocks
from core.i18n import Text
from tests.core.exchange.series.files import LONG, UTC, both, mapping, written
from tests.core.exchange.series.layouts import LAYOUTS, Layout, book

BERLIN = ZoneInfo("Europe/Berlin")
ROWS = [
    f"2024-01-{d:02d} {h:02d}:{m:02d},{h}.{m:02d}" for d in range(1, 29) for h in range(24) for m in (0, 15, 30, 45)
]


def test_progress_rises_and_says_what_is_done(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    with patch.object(in_blocks, "BLOCK", 4_096):
        parse(written(tmp_path, ROWS), LONG, UTC, lambda share, what: told.append((share, str(what))))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert len(shares) > 10
    assert 0 <= shares[0] < 0.5
    assert shares[-1] == 1.0
    assert {what for _, what in told} == {"Reading “data.csv”", "Putting the values of “data.csv” in order"}


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("after", [0, 1, 5])
def test_progress_may_stop_it(fast: bool, after: int, tmp_path: Path) -> None:
    told: list[float] = []

    def progress(share: float, _: Text) -> None:
        told.append(share)
        if len(told) > after:
            raise KeyboardInterrupt

    with patch.object(in_blocks, "BLOCK", 4_096), pytest.raises(KeyboardInterrupt):
        parse(written(tmp_path, ROWS), LONG, UTC, progress, fast=fast)
    assert len(told) == after + 1


def test_it_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    for file in (written(tmp_path, ROWS), _book(tmp_path)):
        with pytest.raises(UserError, match="Reading was cancelled"):
            parse(file, LONG, UTC, None, lambda: True)


def _book(path: Path) -> Path:
    file = path / "book.xlsx"
    file.write_bytes(book([["time", "value"], *(row.split(",") for row in ROWS[:50])]))
    return file


def test_limits_hold_before_memory_is_taken(tmp_path: Path) -> None:
    file = written(tmp_path, ROWS)
    with patch.object(raw, "MAX_VALUES", 100), pytest.raises(UserError, match="more than 100 values"):
        parse(file, LONG, UTC)
    rows = [f"m{i},{row}" for i, row in enumerate(ROWS[:20])]
    many = mapping(meter=0, time=1, values=(Value(2),))
    with patch.object(raw, "MAX_METERS", 10), pytest.raises(UserError, match="more than 10 meters"):
        parse(written(tmp_path, rows, "meter,time,value"), many, UTC)


def test_more_meters_than_the_lean_reader_tells_apart(tmp_path: Path) -> None:
    rows = [f"m{i},2024-01-01 00:{m:02d},{i}" for i in range(1_500) for m in (0, 15)]
    found = both(written(tmp_path, rows, "meter,time,value"), mapping(meter=0, time=1, values=(Value(2),)))
    assert len(found.columns) == 1_500


def test_a_mapping_for_another_kind_of_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="another kind of file"):
        parse(written(tmp_path, ROWS), Mapping(form="green_button", order="ymd", label="left"), UTC)


def test_columns_that_do_not_exist(tmp_path: Path) -> None:
    found = both(written(tmp_path, ROWS[:9]), mapping(values=(Value(7),)))
    assert (found.columns, found.rows) == ((), 0)


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    rows = [f"{row},1" for row in ROWS[:9]]
    found = both(written(tmp_path, rows, "time,kWh,kWh"), mapping(values=(Value(1), Value(2))))
    assert [column.name for column in found.columns] == ["kWh", "kWh (2)"]


def test_columns_without_headings_have_letters(tmp_path: Path) -> None:
    file = tmp_path / "bare.csv"
    file.write_text("\n".join(ROWS))
    found = both(file, mapping(rows=0))
    assert found.columns[0].name == "B"
    assert found.columns[0].values == len(ROWS)


def test_dates_and_times_of_a_workbook(tmp_path: Path) -> None:
    from datetime import date, datetime, time, timedelta

    file = tmp_path / "book.xlsx"
    rows: list[list[object]] = [[date(2024, 1, 1), time(h, 15), h] for h in range(24)]
    rows[5][1] = timedelta(hours=5, minutes=15)
    file.write_bytes(book([["day", "at", "kWh"], *rows]))
    known = mapping(time=0, clock_time=1, values=(Value(2),))
    assert parse(file, known, UTC).columns[0].series[0].values.tolist() == list(range(24))
    serial = tmp_path / "serial.xlsx"
    start = datetime(2024, 1, 1)
    serial.write_bytes(book([["t", "kWh"], *([(start - datetime(1899, 12, 30)).days + i / 96, i] for i in range(96))]))
    assert guess(look(serial)).mapping.order == "serial"
    assert parse(serial, mapping(order="serial"), UTC).columns[0].series[0].values.tolist() == list(range(96))


def test_numbers_that_are_moments(tmp_path: Path) -> None:
    for order, texts in (
        ("epoch", [f"{1_704_067_200 + 900 * i}" for i in range(9)]),
        ("epoch_ms", [f"{(1_704_067_200 + 900 * i) * 1000 + 7}" for i in range(9)]),
        ("serial", [f"{45292 + i / 96:.9f}" for i in range(9)]),
    ):
        found = both(written(tmp_path, [f"{text},{i}" for i, text in enumerate(texts)]), mapping(order=order))
        (series,) = found.columns[0].series
        assert (series.start, series.values.tolist()) == (1_704_067_200, list(range(9)))
    wrong = both(written(tmp_path, ["5,1", "1704067200,2", "1704068100,3", "x,4"]), mapping(order="epoch"))
    assert wrong.refused_total == 2


JUNK = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=120).map(str.encode),
    st.lists(
        st.sampled_from(["2024-01-01 00:00", "01/02/2024", "1,5", "x", ";", '"', "\n", ",", "\t", "24:00"]), max_size=60
    ).map(lambda parts: "".join(parts).encode()),
)  # fmt: skip


@given(data=JUNK, name=st.sampled_from(["a.csv", "a.xlsx", "a.xml"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_file_holds_only_people_are_spoken_to(
    data: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("fuzz") / name
    file.write_bytes(data)
    with suppress(UserError):
        proposed = guess(look(file), BERLIN)
        parse(file, replace(proposed.mapping, order=proposed.mapping.order or "dmy", label="left"), BERLIN)
    for fast in (True, False):
        with suppress(UserError):
            parse(file, mapping(rows=0, order="dmy"), BERLIN, fast=fast)


@given(
    layout=st.sampled_from(LAYOUTS),
    place=st.floats(0, 1),
    junk=st.one_of(
        st.binary(min_size=1, max_size=40), st.sampled_from([b'"', b"\n", b";", b",", b"\xff\xfe", b"9" * 30])
    ),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damage_in_a_real_layout_is_a_user_error_at_worst(
    layout: Callable[[], Layout], place: float, junk: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = layout()
    at = int(place * len(made.data))
    file = tmp_path_factory.mktemp("fuzz") / "data"
    file.write_bytes(made.data[:at] + junk + made.data[at + len(junk) :])
    with suppress(UserError):
        proposed = guess(look(file), made.zone)
        parse(file, replace(proposed.mapping, **made.answers), made.zone)


@given(
    changes=st.fixed_dictionaries(
        {},
        optional={
            "time": st.integers(0, 4), "clock_time": st.integers(-1, 4), "meter": st.integers(-1, 4),
            "status": st.integers(-1, 4), "rows": st.integers(0, 30), "decimal": st.sampled_from(".,"),
            "order": st.sampled_from(["ymd", "dmy", "mdy", "serial", "epoch", "epoch_ms"]),
            "label": st.sampled_from(["left", "right", "instant"]), "form": st.sampled_from(["table", "day", "month"]),
            "clock": st.sampled_from(["local", "utc", "stamped", "offset:-05:00"]), "last": st.integers(-1, 30),
            "step": st.sampled_from([0, 60, 900, 86_400, 7]), "tolerance": st.sampled_from([0, 30, 3600]),
            "double": st.sampled_from(["refuse", "first", "last"]), "numbered": st.booleans(),
            "values": st.lists(st.builds(Value, st.integers(0, 5), st.sampled_from(["energy", "counter", "level"])),
                               max_size=3).map(tuple),
        },
    ),
    layout=st.sampled_from(LAYOUTS),
)  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_mapping_over_any_layout(
    changes: dict[str, Any], layout: Callable[[], Layout], tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = layout()
    file = tmp_path_factory.mktemp("fuzz") / "data"
    file.write_bytes(made.data)
    with suppress(UserError):
        known = replace(guess(look(file), made.zone).mapping, **changes).checked()
        both(file, known, made.zone)
