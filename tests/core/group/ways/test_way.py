"""What is kept of a way: the same after writing and reading; nothing else is believed to be one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.group.ways.way import FORM, LARGEST, read, write
from core.ledger import canonical
from tests.core.group.ways.planning import action, aim, planned, written


def test_what_is_written_is_read_as_it_was() -> None:
    for one in (planned(), written(), written(gap=5, aims=(aim(),), actions=(action("a", 3),))):
        assert read(write(one)) == one
        assert write(one) == canonical(json.loads(write(one)))


def test_another_form_is_worked_out_anew() -> None:
    plain = json.loads(write(planned()))
    assert plain["form"] == FORM
    assert read(canonical({**plain, "form": FORM + 1})) is None
    assert read(canonical([])) is None
    assert read(b"[" * 100_000) is None


def test_what_is_too_large_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def loads(_data: bytes) -> object:
        raise AssertionError("it was parsed")

    monkeypatch.setattr("core.group.ways.way.json.loads", loads)
    assert read(b" " * (LARGEST + 1)) is None
    with pytest.raises(AssertionError, match="parsed"):
        read(b" ")


@given(st.binary(max_size=200))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert read(data) is None


@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_damaged_way_is_another_way_or_none(place: int, value: int) -> None:
    """Never an exception; nearly always it is refused, and a digit that changed gives another number."""
    data = bytearray(write(planned()))
    place %= len(data)
    if data[place] == value:
        return
    data[place] = value
    found = read(bytes(data))
    assert found is None or found != planned()


@pytest.mark.parametrize("field", ["year", "electricity", "aims", "abatement", "months"])
def test_a_field_that_lacks_or_is_strange_makes_it_none(field: str) -> None:
    plain = json.loads(write(planned()))
    assert read(canonical({**plain, "way": {**plain["way"], field: {"strange": 1}}})) is None
    del plain["way"][field]
    assert read(canonical(plain)) is None
