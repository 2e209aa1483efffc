"""Interval data as a csv that every program reads and this one reads again, written whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.disk import cannot_write, drafted
from core.errors import UserError
from core.exchange.cells import clean, guard
from core.exchange.series.parsing import Progress
from core.i18n import T, verbatim
from core.series import ESTIMATED, Series
from core.series.zones import offsets

ROWS = 50_000
"""Of a block."""
HEAD = ("meter", "start", "start (UTC)", "seconds", "value", "unit", "status")


@dataclass(frozen=True, slots=True)
class Exported:
    """The series of one meter."""

    name: str
    unit: str
    series: Iterable[Series]
    """Taken one by one, so that they may be read while the file is written."""


def export_series(
    path: Path,
    meters: Sequence[Exported],
    zone: ZoneInfo,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write a csv: meter, beginning on the clock of the plant and in UTC, length, value, unit, status.

    Parameters
    ----------
    path
        the file to make.
    meters
        what it shall hold.
    zone
        of the plant.
    progress
        is told the share that is done; may raise to stop.
    cancelled
        asked now and then whether to stop.

    Returns
    -------
    int
        rows that were written; an interval without a value has a row with an empty one.

    Raises
    ------
    UserError
        when the file cannot be written, or writing was cancelled; then there is none.
    """
    rows = 0
    try:
        with drafted(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerow(HEAD)
            for number, meter in enumerate(meters):
                for text, count in _blocks(meter, zone):
                    if progress is not None:
                        progress(number / len(meters), T("Writing {name}", name=verbatim(meter.name)))
                    if cancelled is not None and cancelled():
                        raise UserError(T("Writing was cancelled."), T("There is no file."))
                    stream.write(text)
                    rows += count
    except OSError as error:
        raise cannot_write(path, error) from error
    return rows


def _blocks(meter: Exported, zone: ZoneInfo) -> Iterator[tuple[str, int]]:
    name = _cell(guard(clean(meter.name)))
    unit = _cell(guard(clean(meter.unit)))
    for series in meter.series:
        for first in range(0, len(series), ROWS):
            yield _text(series, slice(first, first + ROWS), name, unit, zone)


def _cell(text: str) -> str:
    """One field as the csv module quotes it."""
    out = StringIO()
    csv.writer(out, lineterminator="").writerow([text])
    return out.getvalue()


def _text(series: Series, part: slice, name: str, unit: str, zone: ZoneInfo) -> tuple[str, int]:
    starts, values = series.starts[part], series.values[part]
    marks = np.zeros(len(values), np.uint8) if series.marks is None else series.marks[part]
    ahead = offsets(starts, zone)
    local, utc = _iso(starts + ahead), _iso(starts)
    zones = {seconds: _ahead(seconds) for seconds in np.unique(ahead).tolist()}
    lines = [
        f"{name},{here}{zones[seconds]},{there}Z,{series.step},{_number(value)},{unit},{_status(value, mark)}\r\n"
        for here, seconds, there, value, mark in zip(
            local, ahead.tolist(), utc, values.tolist(), marks.tolist(), strict=True
        )
    ]
    return "".join(lines), len(lines)


def _iso(seconds: NDArray[np.int64]) -> list[str]:
    found: list[str] = np.datetime_as_string(seconds.astype("datetime64[s]"), unit="s").tolist()
    return found


def _ahead(seconds: int) -> str:
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}:{rest // 60:02d}"


def _number(value: float) -> str:
    """The shortest digits that mean this double; no exponent, for programs take it for text."""
    if value != value:
        return ""
    text = repr(value)
    if "e" in text:
        text = np.format_float_positional(value, trim="-")
    return text.removesuffix(".0")


def _status(value: float, mark: int) -> str:
    if value != value:
        return "missing"
    return "estimated" if mark == ESTIMATED else "measured"
