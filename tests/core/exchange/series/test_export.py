"""Interval data as csv: whole or not at all, and read again as it was."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.series import Exported, Mapping, Value, export_series, guess, look, parse
from core.exchange.series import export as exporting
from core.i18n import Text
from core.series import Series

BERLIN = ZoneInfo("Europe/Berlin")
START = int(datetime(2024, 10, 26, 22, tzinfo=BERLIN).timestamp())
LINES = (
    "meter,start,start (UTC),seconds,value,unit,status\r\n"
    "Hall 1,2024-10-27T02:00:00+02:00,2024-10-27T00:00:00Z,3600,1.5,kWh,measured\r\n"
    "Hall 1,2024-10-27T02:00:00+01:00,2024-10-27T01:00:00Z,3600,,kWh,missing\r\n"
    "Hall 1,2024-10-27T03:00:00+01:00,2024-10-27T02:00:00Z,3600,20000000000000000,kWh,estimated\r\n"
)


def test_rows_say_local_time_and_utc(tmp_path: Path) -> None:
    series = Series(START + 4 * 3600, 3600, np.array([1.5, np.nan, 2e16]), np.array([0, 0, 1], np.uint8))
    rows = export_series(tmp_path / "out.csv", [Exported("Hall 1", "kWh", [series])], BERLIN)
    assert rows == 3
    assert (tmp_path / "out.csv").read_bytes().decode("utf-8-sig") == LINES


def test_names_cannot_run_as_formulas(tmp_path: Path) -> None:
    export_series(tmp_path / "out.csv", [Exported('=1+1,"x"', "kWh", [Series(0, 900, np.array([1.0]))])], BERLIN)
    assert '\r\n"\'=1+1,""x""",1970' in (tmp_path / "out.csv").read_bytes().decode("utf-8-sig")


VALUES = st.lists(st.one_of(st.floats(-1e9, 1e9), st.just(float("nan"))), max_size=40)


@given(one=VALUES, other=VALUES)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_again_to_the_last_bit(
    one: list[float], other: list[float], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("export") / "out.csv"
    both = (("A", one), ("B", other))
    written = [Exported(name, "kWh", [Series(START, 900, np.array([5.0, *v, 7.0]))]) for name, v in both]
    export_series(file, written, BERLIN)
    known = Mapping(time=1, meter=0, values=(Value(4),), status=6, order="ymd", label="left", clock="stamped",
                    step=900)  # fmt: skip
    found = parse(file, known, BERLIN)
    for column, values in zip(found.columns, (one, other), strict=True):
        (series,) = column.series
        assert (series.start, series.step) == (START, 900)
        assert np.array_equal(series.values, np.array([5.0, *values, 7.0]), equal_nan=True)


def test_its_own_files_need_no_answers(tmp_path: Path) -> None:
    marks = np.zeros(300, np.uint8)
    marks[7] = 1
    export_series(
        tmp_path / "out.csv",
        [
            Exported(name, "kWh", [Series(START, 900, np.array([i % 7.0 for i in range(300)]), marks)])
            for name in ("A", "B")
        ],
        BERLIN,
    )
    proposed = guess(look(tmp_path / "out.csv"), BERLIN)
    assert proposed.questions == ()
    assert [(value.quantity, value.unit) for value in proposed.mapping.values] == [("energy", "kWh")]
    found = parse(tmp_path / "out.csv", proposed.mapping, BERLIN)
    assert [column.name for column in found.columns] == ["A", "B"]
    assert found.columns[1].series[0].marks is not None
    assert found.columns[1].series[0].marks.tolist() == marks.tolist()


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    big = Exported("Hall", "kWh", [Series(0, 900, np.ones(3 * exporting.ROWS))])
    for cancelled in (False, True):
        told: list[float] = []

        def progress(share: float, what: Text, told: list[float] = told, cancelled: bool = cancelled) -> None:
            told.append(share)
            if len(told) == 2 and not cancelled:
                raise KeyboardInterrupt

        with pytest.raises((KeyboardInterrupt, UserError)):
            export_series(tmp_path / "out.csv", [big], BERLIN, progress, [lambda: False, lambda: True][cancelled])
        assert list(tmp_path.iterdir()) == []


def test_an_old_file_stays_when_writing_fails(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("old")
    with pytest.raises(UserError, match="cancelled"):
        export_series(file, [Exported("Hall", "kWh", [Series(0, 900, np.ones(5))])], BERLIN, None, lambda: True)
    assert file.read_text() == "old"
    with pytest.raises(UserError, match="cannot be written"):
        export_series(tmp_path / "no" / "out.csv", [], BERLIN)
