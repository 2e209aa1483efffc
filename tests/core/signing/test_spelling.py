"""One way to write a moment and bytes: everything else is no moment and no bytes."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.signing import spelling
from core.signing.spelling import bytes_in, moment_in
from tests.documented import run_examples


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)))
def test_what_is_written_is_read(when: datetime) -> None:
    written = when.replace(microsecond=0)
    assert moment_in(written.isoformat()) == written


@pytest.mark.parametrize(
    "text",
    ["", "2026-03-02", "2026-03-02T08:00:00", "2026-03-02T08:00:00Z", "2026-02-30T08:00:00+00:00",
     "2026-03-02 08:00:00+00:00", "2026-03-02T25:00:00+00:00", "2026-03-02T08:00:00+99:00",
     "２026-03-02T08:00:00+00:00"],
)  # fmt: skip
def test_no_other_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"moment|range|time zone|isoformat|offset|must be|less than|between"):
        moment_in(text)


@given(st.binary(max_size=40))
def test_bytes_come_back(data: bytes) -> None:
    assert bytes_in(base64.b64encode(data).decode()) == data


@pytest.mark.parametrize("text", ["й", "AAE", "AAF=", "AA E=", "AAE=\n", "-_=="])
def test_no_other_bytes(text: str) -> None:
    with pytest.raises(ValueError):
        bytes_in(text)


def test_the_documented_examples() -> None:
    assert run_examples(spelling).failed == 0
