"""A mapping says everything, travels as pairs, and is not believed when it comes from elsewhere."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.series import Mapping, Value
from core.exchange.series.mapping import (
    CLOCKS_FIXED,
    DOUBLES,
    FORMS,
    LABELS,
    ORDERS,
    QUANTITIES,
    SEPARATORS,
    offset_of,
)
from core.ledger import Meter, from_plain, to_plain
from tests.core.exchange.series.files import LONG, mapping

HEADINGS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
CLOCKS = st.one_of(
    st.sampled_from(CLOCKS_FIXED),
    st.builds(
        lambda s, h, m: f"offset:{s}{h:02d}:{m:02d}", st.sampled_from("+-"), st.integers(0, 14), st.integers(0, 59)
    ),
)
VALUES = st.builds(
    Value,
    st.integers(0, 999),
    st.sampled_from(QUANTITIES),
    st.sampled_from(["kWh", "m3/h", "W/m2"]),
    HEADINGS,
    st.sampled_from(LABELS),
)
MAPPINGS = st.builds(
    Mapping,
    form=st.sampled_from(FORMS),
    sheet=HEADINGS,
    rows=st.integers(0, 999),
    time=st.integers(0, 99),
    clock_time=st.integers(-1, 99),
    meter=st.integers(-1, 99),
    status=st.integers(-1, 99),
    values=st.lists(VALUES, max_size=4).map(tuple),
    last=st.integers(-1, 99),
    numbered=st.booleans(),
    order=st.sampled_from(ORDERS),
    decimal=st.sampled_from(".,"),
    label=st.sampled_from(LABELS),
    clock=CLOCKS,
    step=st.integers(0, 86_400),
    tolerance=st.integers(0, 3600),
    double=st.sampled_from(DOUBLES),
    multiplied=st.sampled_from(["", "yes", "no"]),
    separator=st.sampled_from(SEPARATORS),
    column=HEADINGS,
    headings=st.dictionaries(st.sampled_from(["time", "meter"]), HEADINGS).map(lambda d: tuple(d.items())),
)


@given(MAPPINGS)
def test_pairs_bring_it_back(known: Mapping) -> None:
    assert Mapping.of(known.pairs) == known


@given(MAPPINGS)
def test_a_meter_keeps_it(known: Mapping) -> None:
    meter = Meter("m1", "Hall", "electricity", "import", "kWh", mapping=known.pairs)
    assert from_plain("meter", to_plain(meter)) == meter


@given(
    st.lists(
        st.tuples(st.sampled_from([*Mapping.__dataclass_fields__, "value.1", "heading.time", "x"]), st.text(max_size=9))
    )
)
def test_foreign_pairs_are_a_mapping_or_a_user_error(pairs: list[tuple[str, str]]) -> None:
    with suppress(UserError):
        assert Mapping.of(Mapping.of(pairs).pairs) == Mapping.of(pairs)


@pytest.mark.parametrize(
    ("pairs", "key"),
    [
        ((("form", "sideways"),), "form"),
        ((("rows", "1e3"),), "rows"),
        ((("rows", "9" * 9),), "rows"),
        ((("numbered", "perhaps"),), "numbered"),
        ((("clock", "offset:+8"),), "clock"),
        ((("clock", "offset:+15:00"),), "clock"),
        ((("clock", "Europe/Berlin"),), "clock"),
        ((("value.1", "x;power;kW;"),), "value"),
        ((("value.1", "1;speed;kW;;"),), "value"),
        ((("value.1", "1;power;kW;middle;"),), "value"),
        ((("colour", "blue"),), "colour"),
        ((("values", "()"),), "values"),
    ],
)
def test_what_no_mapping_says_is_refused(pairs: tuple[tuple[str, str], ...], key: str) -> None:
    with pytest.raises(UserError, match=f"cannot be read: {key}"):
        Mapping.of(pairs)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"order": ""}, "day or the month comes first"),
        ({"values": ()}, "which columns hold the values"),
        ({"label": ""}, "beginning or the end"),
        ({"time": 1}, "contradicts"),
        ({"meter": 0}, "contradicts"),
        ({"clock_time": 0}, "contradicts"),
        ({"values": (Value(1), Value(1))}, "contradicts"),
        ({"time": 5_000}, "contradicts"),
        ({"form": "day"}, "contradicts"),
        ({"form": "day", "last": 96, "meter": 50}, "contradicts"),
        ({"tolerance": 9_999}, "contradicts"),
        ({"time": -1}, "contradicts"),
        ({"label": "instant"}, "An amount belongs to an interval"),
        ({"values": (Value(1, "energy", "kWh", "", "instant"),)}, "An amount belongs to an interval"),
    ],
)
def test_what_is_incomplete_or_contradicts_itself_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(UserError, match=why):
        mapping(**changes).checked()


def test_counters_need_no_label() -> None:
    known = mapping(label="", values=(Value(1, "counter"),))
    assert known.checked() is known


def test_usual_things_are_not_written_down() -> None:
    assert Mapping().pairs == ()
    assert LONG.pairs == (("order", "ymd"), ("label", "left"), ("clock", "utc"), ("value.1", "1;energy;kWh;;"))


def test_clocks() -> None:
    assert [offset_of(clock) for clock in ("local", "stamped", "utc", "offset:+08:00", "offset:-03:30")] == [
        None, None, 0, 28_800, -12_600,
    ]  # fmt: skip


def test_the_ratio_is_usually_in_amounts_and_not_in_states() -> None:
    assert [LONG.is_multiplied(Value(1, quantity)) for quantity in QUANTITIES] == [True, True, False, False, True]
    assert replace(LONG, multiplied="no").is_multiplied(Value(1)) is False
    assert replace(LONG, multiplied="yes").is_multiplied(Value(1, "counter")) is True
