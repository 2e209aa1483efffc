"""Green Button files as utilities give them, and files that mean harm."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.series import Mapping, Parsed, guess, look, parse
from tests.core.exchange.series.files import messages

CHICAGO = ZoneInfo("America/Chicago")
START = int(datetime(2024, 3, 10, 6, tzinfo=UTC).timestamp())
"""Midnight in Chicago, on the day the clock is put forward."""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xmlns:espi="http://naesb.org/espi">'
BASE = "https://example.com/espi/1_1/resource/Subscription/5/UsagePoint/1"


def entry(own: str, up: str, related: Sequence[str], title: str, content: str) -> str:
    """An entry of the feed."""
    links = "".join(f'<link rel="related" href="{one}"/>' for one in related)
    return (
        f'<entry><id>urn:uuid:{abs(hash(own))}</id><link rel="self" href="{own}"/><link rel="up" href="{up}"/>{links}'
        f"<title>{title}</title><content>{content}</content></entry>"
    )


def kind(number: int, uom: int, power: int = 0, behaviour: int = 4, flow: int = 1) -> str:
    """A reading type."""
    own = f"https://example.com/espi/1_1/resource/ReadingType/{number}"
    return entry(own, own.rpartition("/")[0], [], "Type of Meter Reading Data", (
        f"<espi:ReadingType><espi:accumulationBehaviour>{behaviour}</espi:accumulationBehaviour><espi:commodity>1</espi:commodity>"
        f"<espi:flowDirection>{flow}</espi:flowDirection><espi:intervalLength>900</espi:intervalLength>"
        f"<espi:powerOfTenMultiplier>{power}</espi:powerOfTenMultiplier><espi:uom>{uom}</espi:uom></espi:ReadingType>"
    ))  # fmt: skip


def reading(start: int, length: int, value: object, quality: int | None = None) -> str:
    """An interval reading."""
    of = f"<espi:ReadingQuality><espi:quality>{quality}</espi:quality></espi:ReadingQuality>" if quality else ""
    return (
        f"<espi:IntervalReading><espi:cost>9</espi:cost>{of}<espi:timePeriod><espi:duration>{length}</espi:duration>"
        f"<espi:start>{start}</espi:start></espi:timePeriod><espi:value>{value}</espi:value></espi:IntervalReading>"
    )


def meter(number: int, of_type: int, title: str, readings: Sequence[str]) -> str:
    """A meter reading and its interval block."""
    own = f"{BASE}/MeterReading/{number}"
    types = f"https://example.com/espi/1_1/resource/ReadingType/{of_type}"
    block = (
        "<espi:IntervalBlock><espi:interval><espi:duration>86400</espi:duration><espi:start>7</espi:start></espi:interval>"
        + "".join(readings)
        + "</espi:IntervalBlock>"
    )
    return entry(own, f"{BASE}/MeterReading", [f"{own}/IntervalBlock", types], title, "<espi:MeterReading/>") + entry(
        f"{own}/IntervalBlock/1", f"{own}/IntervalBlock", [], "", block
    )


def feed(*entries: str, head: str = HEAD) -> bytes:
    """The file."""
    usage = entry(BASE, BASE.rpartition("/")[0], [f"{BASE}/MeterReading"], "Meter 0077-12", (
        "<espi:UsagePoint><espi:ServiceCategory><espi:kind>0</espi:kind></espi:ServiceCategory></espi:UsagePoint>"
    ))  # fmt: skip
    return (head + usage + "".join(entries) + "</feed>").encode()


def read(data: bytes, path: Path) -> Parsed:
    """What is found in a file."""
    file = path / "green.xml"
    file.write_bytes(data)
    seen = look(file)
    assert seen.kind == "green_button"
    return parse(file, guess(seen, CHICAGO).mapping, CHICAGO)


def test_quarters_of_an_hour_in_watt_hours(tmp_path: Path) -> None:
    rows = [reading(START + 900 * i, 900, 250 + i, 8 if i == 2 else None) for i in range(92)]
    found = read(feed(kind(1, 72), meter(1, 1, "Energy Delivered", rows)), tmp_path)
    (column,) = found.columns
    assert (column.name, column.words, column.value.unit) == (
        "Energy Delivered",
        ("Meter 0077-12", "Energy Delivered"),
        "Wh",
    )
    (series,) = column.series
    assert (series.start, series.step, len(series)) == (START, 900, 92)
    assert series.values.tolist() == [250.0 + i for i in range(92)]
    assert series.marks is not None
    assert series.marks.nonzero()[0].tolist() == [2]
    assert guess(look(tmp_path / "green.xml")).questions == ()


@pytest.mark.parametrize(
    ("uom", "power", "raw", "quantity", "unit", "value"),
    [
        (72, -3, 123_456, "energy", "Wh", 123.456),
        (72, 3, 7, "energy", "Wh", 7000.0),
        (38, 0, 1500, "power", "W", 1500.0),
        (169, -5, 123_456, "energy", "therm", 1.23456),
        (42, -2, 1234, "energy", "m3", 12.34),
        (119, 0, 9, "energy", "ft3", 9.0),
        (134, 0, -5, "energy", "L", -5.0),
    ],
)
def test_units_and_powers_of_ten(
    uom: int, power: int, raw: int, quantity: str, unit: str, value: float, tmp_path: Path
) -> None:
    rows = [reading(START + 3600 * i, 3600, raw) for i in range(3)]
    (column,) = read(feed(kind(1, uom, power), meter(1, 1, "M", rows)), tmp_path).columns
    assert (column.value.quantity, column.value.unit, column.step) == (quantity, unit, 3600)
    assert column.series[0].values.tolist() == [value] * 3


def test_several_meters_directions_and_counters(tmp_path: Path) -> None:
    rows = [reading(START + 900 * i, 900, i) for i in range(4)]
    found = read(
        feed(
            kind(1, 72),
            kind(2, 72, flow=19),
            kind(3, 72, behaviour=1),
            kind(4, 38, behaviour=12),
            *(meter(n, n, f"Reading {n}", rows) for n in (1, 2, 3, 4)),
        ),
        tmp_path,
    )
    assert [(c.value.quantity, c.label, c.exported) for c in found.columns] == [
        ("energy", "left", False), ("energy", "left", True), ("counter", "instant", False), ("power", "instant", False),
    ]  # fmt: skip


def test_days_of_23_hours_and_bills_of_any_length(tmp_path: Path) -> None:
    rows = [reading(START - 86_400, 86_400, 5), reading(START, 82_800, 6), reading(START + 82_800, 86_400, 7)]
    (column,) = read(feed(kind(1, 72), meter(1, 1, "M", rows)), tmp_path).columns
    assert [(one.start, one.end, one.value) for one in column.days] == [
        (date(2024, 3, day), date(2024, 3, day), day - 4.0) for day in (9, 10, 11)
    ]
    bill = [reading(START, 30 * 86_400 - 3600, 500)]
    (column,) = read(feed(kind(1, 72), meter(1, 1, "M", bill)), tmp_path).columns
    assert (column.days[0].start, column.days[0].end) == (date(2024, 3, 10), date(2024, 4, 8))


def test_hours_and_days_of_one_meter_are_two_columns(tmp_path: Path) -> None:
    rows = [*(reading(START + 3600 * i, 3600, i) for i in range(5)), reading(START, 82_800, 99)]
    found = read(feed(kind(1, 72), meter(1, 1, "M", rows)), tmp_path)
    assert [(c.name, len(c.series), len(c.days)) for c in found.columns] == [("M", 1, 0), ("M (2)", 0, 1)]


def test_a_file_without_links_has_one_type(tmp_path: Path) -> None:
    content = "<espi:IntervalBlock>" + reading(START, 900, 1) + reading(START + 900, 900, 2) + "</espi:IntervalBlock>"
    found = read(feed(kind(1, 72), f"<entry><content>{content}</content></entry>"), tmp_path)
    assert found.columns[0].values == 2


def test_what_is_no_reading_is_refused(tmp_path: Path) -> None:
    rows = [
        reading(START, 900, "1.5"),
        reading(START + 900, 900, 2),
        reading(START + 1800, 900, 3),
        reading(-5, 900, 4),
    ]
    found = read(feed(kind(1, 72), meter(1, 1, "M", rows)), tmp_path)
    assert (found.columns[0].values, found.refused_total) == (2, 2)
    assert messages(found) == [
        "Row 1, value: “1.5” is no reading of Green Button. Ask for the file again.",
        "Row 4, start: “-5” is no reading of Green Button. Ask for the file again.",
    ]


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ((), "no interval data"),
        ((kind(1, 72),), "no interval data"),
        ((kind(1, 5), meter(1, 1, "M", [reading(START, 900, 1)])), "unit 5 of Green Button"),
        ((kind(1, 72), kind(2, 38), meter(1, 9, "M", [reading(START, 900, 1)])), "in which unit"),
        ((kind(1, 72, 99), meter(1, 1, "M", [reading(START, 900, 1)])), "cannot be read"),
        (("<entry>" * 50 + "</entry>" * 50,), "depth"),
        (("<entry><title>" + "x" * 20_000 + "</title></entry>",), "text"),
        (("<broken>",), "cannot be read"),
    ],
)
def test_what_cannot_be_understood_is_said(entries: tuple[str, ...], why: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=why):
        read(feed(*entries), tmp_path)


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("<feed", '<!DOCTYPE feed [<!ENTITY a "x">]><feed'),
        HEAD.replace("<feed", '<!DOCTYPE feed SYSTEM "http://example.com/a.dtd"><feed'),
        HEAD.replace("<feed", '<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed'),
    ],
)
def test_a_document_type_is_refused_before_anything_is_expanded(head: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="DOCTYPE"):
        read(feed(kind(1, 72), meter(1, 1, "M", [reading(START, 900, 1)]), head=head), tmp_path)


@given(junk=st.binary(max_size=300), place=st.integers(0, 3_000))
@settings(deadline=None, max_examples=100)
def test_damage_anywhere_is_a_user_error_at_worst(
    junk: bytes, place: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    good = feed(kind(1, 72), meter(1, 1, "M", [reading(START + 900 * i, 900, i) for i in range(4)]))
    file = tmp_path_factory.mktemp("gb") / "green.xml"
    file.write_bytes(good[:place] + junk + good[place + len(junk) :])
    with suppress(UserError):
        assert parse(file, Mapping(form="green_button", order="ymd", label="left"), CHICAGO).values <= 4
