"""No change of a signed file, wherever and whatever, leaves it valid: every byte counts."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from core.signing import Verification

Judge = Callable[..., Verification]


def unbelieved(data: bytes, judged: Judge) -> None:
    answer = judged(data)
    assert not answer.valid
    assert "could not be examined" not in str(answer.reason), answer.reason


@settings(max_examples=600)
@given(st.data())
def test_one_other_byte(approved: bytes, judged: Judge, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(approved) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda value: value != approved[place]))
    unbelieved(approved[:place] + bytes([other]) + approved[place + 1 :], judged)


@settings(max_examples=200)
@given(st.data())
def test_a_piece_missing_doubled_or_moved(approved: bytes, judged: Judge, data: st.DataObject) -> None:
    start, end, to = sorted(data.draw(st.lists(st.integers(0, len(approved)), min_size=3, max_size=3)))
    piece = approved[start:end]
    changed = data.draw(
        st.sampled_from(
            [
                approved[:start] + approved[end:],
                approved[:end] + piece + approved[end:],
                approved[:start] + approved[end:to] + piece + approved[to:],
                approved[:start] + piece[::-1] + approved[end:],
            ]
        )
    )
    if changed != approved:
        unbelieved(changed, judged)


@settings(max_examples=150)
@given(st.data(), st.binary(min_size=1, max_size=30))
def test_something_written_in_between(approved: bytes, judged: Judge, data: st.DataObject, new: bytes) -> None:
    place = data.draw(st.integers(0, len(approved)))
    unbelieved(approved[:place] + new + approved[place:], judged)


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_anything_at_all(judged: Judge, data: bytes) -> None:
    unbelieved(b"%PDF-1.7\n" + data + b"\n%%EOF\n", judged)
