"""Weather files: years of hours, which are long, and tables of twelve months."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np

from core.exchange.weather import read_weather
from tests.core.exchange.weather import files
from tests.fuzz.target import Target

_HOURS = b"\n%%%%\n"
"""Stands in what is tried for the hours of the year, which nobody has to write again."""


def weather(data: bytes) -> None:
    """Hours or months, each a number that may be."""
    found = read_weather(data, "weather.csv")
    assert (found.hourly is None) != (found.climate is None)
    if found.climate is not None:
        assert found.climate.ghi.shape == (12,)
        assert np.isfinite(found.climate.ghi).all()
    if found.hourly is not None and found.hourly.ghi is not None:
        assert len(found.hourly.ghi) >= 8760 - 24
    for one, most in ((found.latitude, 90), (found.longitude, 180)):
        assert one is None or abs(one) <= most


def _long(data: bytes) -> None:
    """The first byte says what the hours are of; they stand where the mark is, or at the end."""
    bodies = _bodies()
    body = bodies[(data[:1] or b"0")[0] % len(bodies)]
    head, _, tail = data[1:].partition(_HOURS)
    weather(head + body + tail)


@cache
def _bodies() -> tuple[bytes, ...]:
    return tuple(b"\n".join(lines[at:]) for lines, at in _whole())


@cache
def _whole() -> tuple[tuple[list[bytes], int], ...]:
    """Lines of a file of each kind, and how many of them are tried with changes."""
    made = (
        (files.data(files.epw()), 20),
        (files.data(files.tmy3()), 14),
        (files.data(files.pvgis_hours()), 20),
        (files.data(files.pvgis_typical()), 20),
    )
    return tuple((data.split(b"\n"), at) for data, at in made)


def _heads() -> Iterable[bytes]:
    for number, (lines, at) in enumerate(_whole()):
        yield bytes([number]) + b"\n".join(lines[:at]) + b"\n" + _HOURS


def _tables() -> Iterable[bytes]:
    rows = [(month, 40 + 9 * min(month, 13 - month), 3.5 * min(month, 13 - month) - 5) for month in range(1, 13)]
    yield b"month,ghi,temperature\n" + "".join(f"{m},{g},{t}\n" for m, g, t in rows).encode()
    zh = "".join(f"{m}月;{g};{t}\n".replace(".", ",") for m, g, t in rows)
    yield ("月份;总辐照量（kWh/m²）;平均气温（℃）\n" + zh).encode("gb18030")
    yield files.data(files.pvgis_months())


TARGETS = (
    Target("weather", weather, _tables, longest=4_000),
    Target("weather_hours", _long, _heads, longest=6_000, runs=10, seconds=40),
)
