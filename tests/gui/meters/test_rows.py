"""The list of meters as plain values, amounts in a size to be read, stretches of a series, ranges of the calendar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger import Ledger, Meter, PvSystem, Reading, Step
from core.series.metered import Metered
from core.series.series import Series
from core.series.zones import local_date
from gui.language import set_language
from gui.meters.acts import removing, users_of
from gui.meters.list import INDENT, columns, total_of
from gui.meters.load import RANGES, span_of
from gui.meters.parts import Segments
from gui.meters.rows import REST, cut, rows_of
from gui.meters.words import amount, figure, numbered, percent, power_sign, unit_sign

ZONE = ZoneInfo("Europe/Berlin")


def meter(key: str, parent: str = "", **more: str) -> Meter:
    return Meter(
        key, more.pop("name", key.upper()), "electricity", "consumption", more.pop("unit", "kWh"), parent=parent
    )


def year(key: str, amount: str) -> Reading:
    return Reading(f"r-{key}", key, date(2024, 1, 1), date(2024, 12, 31), Decimal(amount))


def metered(*records: Meter | Reading) -> Metered:
    from core.ledger import Plant

    def nothing(_key: str) -> bytes:
        raise AssertionError("no interval data here")

    return Metered(Ledger.of([Plant("P", "CN"), *records]), nothing)


def test_a_rest_follows_the_children_that_leave_it() -> None:
    plant = metered(
        meter("a"), meter("b", "a"), meter("c", "b"), meter("d", "a"), meter("e"),
        year("a", "100"), year("b", "40"), year("c", "10"), year("d", "25"), year("e", "7"),
    )  # fmt: skip
    rows = rows_of(plant, 2024, {})
    assert [(row.id, row.depth, int(row.total or 0)) for row in rows] == [
        ("a", 0, 100), ("b", 1, 40), ("c", 2, 10), (f"{REST}b", 2, 30), ("d", 1, 25), (f"{REST}a", 1, 35), ("e", 0, 7),
    ]  # fmt: skip
    assert [row.share for row in rows] == [None, Decimal("0.4"), Decimal("0.25"), Decimal("0.75"), Decimal("0.25"),
                                           Decimal("0.35"), None]  # fmt: skip
    assert all(row.by_readings for row in rows)


def test_no_rest_where_a_child_is_not_known_or_counts_otherwise() -> None:
    unknown = metered(meter("a"), meter("b", "a"), year("a", "100"))
    assert [row.id for row in rows_of(unknown, 2024, {})] == ["a", "b"]
    other = metered(meter("a"), meter("b", "a", unit="MWh"), year("a", "100"), year("b", "1"))
    rows = rows_of(other, 2024, {})
    assert [row.id for row in rows] == ["a", "b"] and rows[1].share is None


def test_meters_in_a_circle_are_shown_all_the_same() -> None:
    rows = rows_of(metered(meter("a", "b"), meter("b", "a"), meter("c", "lost")), 2024, {})
    assert {row.id for row in rows} == {"a", "b", "c"}


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6), st.integers(0, 10_000))
def test_children_and_rest_make_the_parent(parts: list[int], more: int) -> None:
    keys = [f"c{n}" for n in range(len(parts))]
    children = [meter(key, "a") for key in keys]
    amounts = [year(key, str(part)) for key, part in zip(keys, parts, strict=True)]
    rows = rows_of(metered(meter("a"), *children, year("a", str(sum(parts) + more)), *amounts), 2024, {})
    assert sum(row.total or 0 for row in rows[1:]) == rows[0].total
    assert rows[-1].total == more


def test_columns_copy_plain_values() -> None:
    rows = rows_of(metered(meter("a"), meter("b", "a"), year("a", "123456"), year("b", "23456.5")), 2024, {})
    by_key = {column.key: column for column in columns()}
    assert by_key["name"].text(rows[1]) == f"{INDENT}B" and by_key["name"].value(rows[1]) == "B"
    assert by_key["total"].text(rows[1]) == "23.46 MWh" and by_key["total"].value(rows[1]) == "23456.5"
    assert by_key["share"].text(rows[1]) == "19"
    assert by_key["problems"].text(rows[1]) == "…"  # nobody has looked yet
    assert total_of(rows[0]) == "123.5 MWh"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("12345678", "kWh", ("12,346", "MWh")),
        ("9999", "kWh", ("9,999", "kWh")),
        ("-20000", "kWh", ("-20.00", "MWh")),
        ("512.26", "m3", ("512.3", "m³")),
        ("0", "kWh", ("0", "kWh")),
        ("0.1234", "GJ", ("0.123", "GJ")),
    ],
)
def test_amounts_have_a_size_that_can_be_taken_in(value: str, unit: str, said: tuple[str, str]) -> None:
    assert amount(Decimal(value), unit) == said


def test_shares_are_neither_nothing_nor_everything_unless_they_are() -> None:
    shares = {"0": "0.0", "0.0001": "< 0.1", "0.5": "50.0", "0.99999": "> 99.9", "1": "100.0"}
    for share, said in shares.items():
        assert percent(Decimal(share), 1) == said
    assert percent(None) == "–" and percent(-0.001) == "> -1"


def test_units_are_written_as_people_do() -> None:
    assert [unit_sign(u) for u in ("m3", "degC", "W/m2", "kWh", "1")] == ["m³", "°C", "W/m²", "kWh", ""]
    signs = [power_sign(meter("a", unit=u)) for u in ("kWh", "MWh", "GJ")]
    assert signs == ["kW", "MW", "GJ/h"]
    assert power_sign(Meter("s", "S", "temperature", "sensor", "degC")) == "°C"
    assert figure(2.0) == "2.00" and figure(1234.56) == "1,235"
    assert numbered(["A", "B", "A"]) == ["A", "B", "A (2)"]


@given(st.integers(0, 40), st.integers(-50, 60), st.integers(-50, 60))
def test_a_cut_holds_the_intervals_that_begin_in_it(count: int, first: int, last: int) -> None:
    series = Series(1000, 10, np.arange(count, dtype=np.float64), np.arange(count, dtype=np.uint8) % 2)
    start, end = 1000 + first * 7, 1000 + last * 7
    part = cut(series, start, end)
    inside = (series.starts >= start) & (series.starts < end)
    assert part.values.tolist() == series.values[inside].tolist()
    assert part.marks is not None and series.marks is not None
    assert part.marks.tolist() == series.marks[inside].tolist()
    if len(part):
        assert part.start == series.starts[inside][0]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(sorted(RANGES)))
def test_ranges_hold_their_day_and_touch_the_next(day: date, kind: str) -> None:
    start, end = span_of(kind, day, ZONE)  # type: ignore[arg-type]
    begin, after = span_of("day", day, ZONE)
    assert start <= begin < after <= end
    hours = (end - start) / 3600
    assert hours in {"day": {23, 24, 25}, "week": {167, 168, 169}}.get(kind, {hours})
    next_day = local_date(end, ZONE)
    assert span_of(kind, next_day, ZONE)[0] == end  # type: ignore[arg-type]


def test_a_removal_names_every_record_once_and_is_complete() -> None:
    system = PvSystem("p", "Roof", date(2020, 1, 1), Decimal(1), Decimal(2), generation=("a", "b"), irradiance="a")
    ledger = Ledger.of([meter("a"), meter("b", "a"), year("a", "1"), system])
    one = ledger.get("meter", "a")
    assert isinstance(one, Meter)
    assert [found.id for found in users_of(ledger, "a")] == ["p"]
    steps = removing(ledger, one)
    after = ledger.apply(steps)
    assert len({(step.kind, step.id) for step in steps}) == len(steps)
    assert not after.held(Reading) and [m.parent for m in after.held(Meter)] == [""]
    assert after.held(PvSystem)[0].generation == ("b",) and after.held(PvSystem)[0].irradiance == ""
    assert after.apply([Step(s.kind, s.id, s.after, s.before) for s in reversed(steps)]) == ledger


def test_of_segments_one_or_none_holds(qtbot: object) -> None:
    set_language("en")
    made: Segments[str] = Segments([("a", "A", "First"), ("b", "B", "Second")])
    heard: list[str] = []
    made.chosen.connect(heard.append)
    made.buttons["b"].click()
    assert made.key == "b" and heard == ["b"]
    made.buttons["b"].click()  # pressed again it still holds
    assert made.key == "b"
    made.show_key(None)
    assert made.key is None and heard == ["b", "b"]
