"""Small series of known shape, and what hypothesis needs to invent others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from core.ledger import Meter
from core.series import Series
from core.series.problems import Examined
from core.series.zones import begin_of, local_parts

One = TypeVar("One")
WARSAW, SHANGHAI, KOLKATA = ZoneInfo("Europe/Warsaw"), ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Kolkata")
SPRING, AUTUMN = date(2024, 3, 31), date(2024, 10, 27)
"""Days of 23 and 25 hours in Warsaw."""


def meter(**changes: Any) -> Meter:
    """The meter of the grid connection, and what differs from it."""
    said: dict[str, Any] = {
        "id": "m1",
        "name": "Main",
        "medium": "electricity",
        "direction": "import",
        "unit": "kWh",
        "serial": "SN 4711",
        "source": "Main meter",
        "item": "electricity",
        "calibrated_to": "2099-12-31",
    }
    return Meter(**(said | changes))


def local(
    first: date,
    days: int,
    zone: ZoneInfo = SHANGHAI,
    step: int = 900,
    value: Callable[[int, float], float] | None = None,
) -> Series:
    """Whole local days; ``value`` gives an interval's value by day from the first and hour of the clock, else 1."""
    start, end = begin_of(first, zone), begin_of(first + timedelta(days=days), zone)
    series = Series(start, step, np.ones((end - start) // step))
    if value is None:
        return series
    number, seconds = local_parts(series.starts, zone)
    pairs = zip((number - number[0]).tolist(), (seconds / 3600).tolist(), strict=True)
    return Series(start, step, np.array([value(day, hour) for day, hour in pairs]))


def with_gap(series: Series, first: int, last: int) -> Series:
    """Without the values of these places."""
    values = series.values.copy()
    values[first:last] = np.nan
    return Series(series.start, series.step, values, series.marks)


def seen(series: Series, zone: ZoneInfo = SHANGHAI, **changes: Any) -> Examined:
    return Examined(meter(**changes), series, zone)


ZONES = st.sampled_from([WARSAW, SHANGHAI, KOLKATA, ZoneInfo("America/Sao_Paulo"), ZoneInfo("Australia/Lord_Howe")])


MOST_DRAWN = 30
"""Values of a long list that hypothesis thinks of one by one, which takes most of the time of such a test."""


@st.composite
def repeated(draw: st.DrawFn, values: st.SearchStrategy[One], least: int, most: int) -> list[One]:
    """A list of any length between two, of a few dozen values that come again in some order."""
    some = draw(st.lists(values, min_size=1, max_size=MOST_DRAWN))
    order = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return [some[place] for place in order.integers(0, len(some), draw(st.integers(least, most)))]


@st.composite
def loads(draw: st.DrawFn, least: int = 1, most: int = 400) -> Series:
    """Any amounts with gaps, at any time, also around changes of the clock."""
    step = draw(st.sampled_from([300, 900, 1800, 3600]))
    start = draw(st.integers(1_200_000_000 // step, 1_730_100_000 // step)) * step
    amounts = st.just(float("nan")) | st.integers(0, 10**6).map(lambda n: n / 1000)
    return Series(start, step, np.array(draw(repeated(amounts, least, most))))
