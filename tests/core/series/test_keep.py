"""Bringing values in: nothing is lost, nothing is taken silently, and doing it twice does it once."""

from __future__ import annotations

import hashlib
import math
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.series import Series
from core.series.codec import decode, encode
from core.series.index import Chunk, Index, read
from core.series.keep import Merged, intervals_of, merge, rezoned, without
from tests.core.series.loads import load
from tests.core.series.store import BERLIN, KOLKATA, SHANGHAI, Meter, series, utc

NAN = math.nan
APRIL = utc(2024, 3, 31, 22)
"""Beginning of April 2024 in Berlin."""


def test_blocks_end_where_local_months_end() -> None:
    meter = Meter()
    start = utc(2024, 2, 29, 23)
    meter.merge(Series(start, 900, np.arange(3.0 * 96 * 31)))
    chunks = meter.known.chunks
    assert [c.month for c in chunks] == [date(2024, m, 1) for m in (3, 4, 5, 6)]
    assert [c.start for c in chunks[:3]] == [start, APRIL, utc(2024, 4, 30, 22)]
    assert [c.n for c in chunks[:3]] == [31 * 96 - 4, 30 * 96, 31 * 96]  # clocks were put forward in March
    assert sum(c.n for c in chunks) == 3 * 96 * 31
    assert sum(c.total for c in chunks) == sum(range(3 * 96 * 31))


def test_a_month_with_an_hour_more() -> None:
    meter = Meter()
    meter.merge(Series(utc(2024, 9, 30, 22), 3600, np.ones(31 * 24 + 1 + 5)))
    assert [(c.month, c.n, c.total) for c in meter.known.chunks] == [
        (date(2024, 10, 1), 745, Decimal(745)),
        (date(2024, 11, 1), 5, Decimal(5)),
    ]


def test_an_hour_across_midnight_counts_where_it_began() -> None:
    """In India midnight is at 18:30 UTC, in the middle of an hour that began at 18:00 UTC."""
    meter = Meter(KOLKATA)
    meter.merge(series(utc(2024, 4, 30, 16), 3600, 1, 2, 4, 8))
    assert [(c.month, c.start, c.total) for c in meter.known.chunks] == [
        (date(2024, 4, 1), utc(2024, 4, 30, 16), Decimal(7)),
        (date(2024, 5, 1), utc(2024, 4, 30, 19), Decimal(8)),
    ]
    own = Meter(KOLKATA)
    own.merge(series(utc(2024, 4, 30, 16, 30), 3600, 1, 2, 4, 8))
    assert [(c.month, c.total) for c in own.known.chunks] == [
        (date(2024, 4, 1), Decimal(3)),
        (date(2024, 5, 1), Decimal(12)),
    ]


def test_the_same_again_changes_nothing() -> None:
    meter = Meter()
    year = Series(utc(2023, 5, 5), 900, load(400, 100))
    first = meter.merge(year)
    assert (first.added, first.same, first.changed, first.conflicts) == (len(year), 0, 0, 0)
    assert len(first.blobs) == len(first.index) + 1
    before = meter.data
    assert first.blobs[-1] == before
    for overwrite in (False, True):
        again = meter.merge(year, overwrite=overwrite)
        assert (again.added, again.same, again.changed, again.conflicts) == (0, len(year), 0, 0)
        assert again.blobs == (before,) and meter.data == before


def test_only_months_that_changed_are_written_and_read() -> None:
    meter = Meter()
    meter.merge(Series(utc(2023, 1, 10), 900, load(365, 100)))
    before, meter.asked = meter.known.chunks, []
    merged = meter.merge(series(utc(2023, 6, 15), 900, 7.7), overwrite=True)
    assert merged.changed == 1 and len(merged.blobs) == 2
    assert meter.asked == [before[5].sha256]
    after = meter.known.chunks
    assert [a == b for a, b in zip(before, after, strict=True)] == [m != 5 for m in range(13)]
    assert before[5].sha256 in meter.blocks, "the block before the correction is kept"


def test_a_difference_is_told_and_not_taken() -> None:
    meter = Meter()
    meter.merge(series(APRIL, 900, 1, 2, NAN, 4))
    before = meter.data
    merged = meter.merge(series(APRIL, 900, 1, 2.5, NAN, NAN))
    assert (merged.added, merged.same, merged.changed, merged.conflicts) == (0, 1, 0, 1)
    assert meter.data == before
    merged = meter.merge(series(APRIL, 900, 1, 2.5, 3, NAN), overwrite=True)
    assert (merged.added, merged.same, merged.changed, merged.conflicts) == (1, 1, 1, 0)
    assert meter.known.chunks[0].total == Decimal("10.5")


def test_an_estimate_that_becomes_a_measurement_is_a_difference() -> None:
    meter = Meter()
    meter.merge(series(APRIL, 900, 1, 2, marks=[0, 1]))
    assert meter.known.chunks[0].estimated == 1
    assert meter.merge(series(APRIL, 900, 1, 2)).conflicts == 1
    assert meter.merge(series(APRIL, 900, 1, 2), overwrite=True).changed == 1
    assert meter.known.chunks[0].estimated == 0


def test_missing_values_at_the_ends_are_not_kept() -> None:
    meter = Meter()
    meter.merge(series(APRIL, 900, NAN, NAN, 3, NAN, 4, NAN))
    (chunk,) = meter.known.chunks
    assert (chunk.start, chunk.n, chunk.present) == (APRIL + 1800, 3, 2)


def test_nothing_at_all_is_nothing() -> None:
    for empty in ((), (series(APRIL, 900),), (series(APRIL, 900, NAN),)):
        merged = merge(None, empty, BERLIN, lambda _: b"", overwrite=False)
        assert merged == Merged(merged.index, ()) and not len(merged.index)
        with pytest.raises(ValueError, match="no record"):
            intervals_of("m", merged, ())


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (series(APRIL, 1800, 5, 6), r"From 2024-04-01 00:00 to 2024-04-01 01:00 .* 900 s .* 1800 s"),
        (series(APRIL - 1800, 3600, 5), r"From 2024-03-31 23:30 to 2024-04-01 00:30 .* 900 s .* 3600 s"),
        (series(APRIL, 300, 5), r"From 2024-04-01 00:00 to 2024-04-01 00:05 .* 900 s .* 300 s"),
        (series(APRIL + 60, 900, 5), r"to 2024-04-01 00:16 .* whose steps of 900 s begin at other moments"),
    ],
)
def test_other_steps_over_kept_values_are_refused(new: Series, says: str) -> None:
    meter = Meter()
    meter.merge(series(APRIL, 900, 1, 2, 3, 4, 5))
    with pytest.raises(UserError, match=says) as caught:
        meter.merge(new)
    assert "choose to replace" in caught.value.text("en")


def test_other_steps_replace_what_they_overlap_when_told_to() -> None:
    meter = Meter()
    meter.merge(series(APRIL, 900, 1, 2, 3, 4, 5))
    merged = meter.merge(series(APRIL + 1800, 1800, 50, 60), overwrite=True)
    assert (merged.added, merged.same, merged.changed) == (0, 0, 2)
    assert kept(meter) == {
        (APRIL, 900): (1.0, 0),
        (APRIL + 900, 900): (2.0, 0),
        (APRIL + 1800, 1800): (50.0, 0),
        (APRIL + 3600, 1800): (60.0, 0),
    }


def test_steps_that_change_within_a_month_make_two_blocks() -> None:
    meter = Meter()
    merged = meter.merge(series(APRIL, 3600, 4, 4), series(APRIL + 7200, 900, 1, 1, NAN, 1))
    assert merged.added == 5
    assert [(c.month, c.step, c.n, c.total) for c in meter.known.chunks] == [
        (date(2024, 4, 1), 3600, 2, Decimal(8)),
        (date(2024, 4, 1), 900, 4, Decimal(3)),
    ]


def test_other_steps_may_fill_a_gap() -> None:
    meter = Meter()
    meter.merge(series(APRIL, 900, 1, NAN, NAN, NAN, NAN, 6))
    meter.merge(series(APRIL + 1800, 1800, 9))
    assert [(c.start - APRIL, c.step, c.n) for c in meter.known.chunks] == [
        (0, 900, 1), (1800, 1800, 1), (4500, 900, 1),
    ]  # fmt: skip


def test_the_order_of_imports_does_not_matter() -> None:
    parts = [Series(utc(2024, 1, 1) + i * 86400 * 9, 900, load(9, 50, seed=i)) for i in range(8)]
    one, other = Meter(), Meter()
    one.merge(*parts)
    for part in reversed(parts):
        other.merge(part)
    assert one.data == other.data


@pytest.mark.parametrize(("overwrite", "value"), [(False, 1.0), (True, 2.0)])
def test_of_two_values_in_one_import_the_first_counts_or_the_last(overwrite: bool, value: float) -> None:
    meter = Meter()
    merged = meter.merge(series(APRIL, 900, 1), series(APRIL, 900, 2), overwrite=overwrite)
    assert kept(meter) == {(APRIL, 900): (value, 0)}
    assert (merged.added, merged.changed, merged.conflicts) == (1, int(overwrite), int(not overwrite))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (series(APRIL, 7000, 1), "Steps of 7000 s"),
        (series(APRIL, 0, 1), "Steps of 0 s"),
        (series(APRIL, 172800, 1), "Steps of 172800 s"),
        (series(-900, 900, 1), "before 1970"),
        (series(2**33, 900, 1), "after 2200"),
        (series(APRIL, 900, 1, math.inf), "At 2024-04-01 00:15 the value is inf"),
        (series(APRIL, 900, -2e18), "the value is -2,000,000,000,000,000,000"),
    ],
)
def test_what_cannot_be_is_refused(wrong: Series, says: str) -> None:
    with pytest.raises(UserError, match=says):
        Meter().merge(wrong)


@pytest.mark.parametrize("marks", [[0], [0, 2]])
def test_marks_that_do_not_fit_are_a_bug(marks: list[int]) -> None:
    with pytest.raises(ValueError, match="marks"):
        Meter().merge(series(APRIL, 900, 1, 2, marks=marks))


def test_a_block_that_is_not_what_the_index_says_is_refused() -> None:
    meter = Meter()
    meter.merge(series(APRIL, 900, 1, NAN, 3))
    other = encode(np.array([1.0, 2.0, 3.0])).data
    with pytest.raises(UserError, match="not what the index says"):
        merge(meter.known, series(APRIL, 900, 9), BERLIN, lambda _: other, overwrite=True)


def test_taking_a_span_away() -> None:
    meter = Meter()
    meter.merge(Series(utc(2024, 1, 1), 900, load(100, 50)))
    whole, index = kept(meter), meter.data
    start, end = utc(2024, 1, 20), utc(2024, 2, 3, 7, 10)
    taken = meter.take(without(meter.known, meter.blob, start, end))
    expected = {key: value for key, value in whole.items() if not start <= key[0] < end}
    assert kept(meter) == expected
    assert taken.changed == len(whole) - len(expected)
    assert len(taken.blobs) == 3, "two months and the index"
    nothing = without(meter.known, meter.blob, start, end)
    assert (nothing.changed, nothing.blobs) == (0, (meter.data,))
    meter.merge(Series(utc(2024, 1, 1), 900, load(100, 50)))
    assert meter.data == index
    everything = without(meter.known, meter.blob, 0, 2**33)
    assert not len(everything.index) and everything.blobs == ()


def test_cutting_by_the_months_of_another_zone() -> None:
    meter, direct = Meter(BERLIN), Meter(SHANGHAI)
    values = Series(utc(2024, 1, 1), 900, load(100, 50))
    meter.merge(values)
    direct.merge(values)
    moved = rezoned(meter.known, meter.blob, SHANGHAI)
    meter.take(moved)
    assert meter.data == direct.data == moved.blobs[-1]
    assert rezoned(meter.known, meter.blob, SHANGHAI).blobs == (meter.data,)


def test_a_plant_whose_zone_was_corrected_goes_on_by_the_new_months() -> None:
    meter, direct = Meter(BERLIN), Meter(SHANGHAI)
    values = Series(utc(2024, 1, 1), 900, load(100, 50))
    direct.merge(values)
    meter.merge(Series(values.start, 900, values.values[:5000]))
    meter.zone = SHANGHAI
    merged = meter.merge(values)
    assert meter.data == direct.data == merged.blobs[-1]
    assert (merged.added, merged.same) == (4600, 5000)
    stored = {hashlib.sha256(data).hexdigest() for data in merged.blobs[:-1]}
    assert stored <= set(merged.index.hashes), "no block is kept that nobody needs"


def test_the_record_of_a_meter() -> None:
    meter = Meter()
    merged = meter.merge(series(APRIL - 900, 900, 1, NAN, 3))
    files = [("aa", "march.csv"), ("aa", "march.csv"), ("bb", "april.csv")]
    record = intervals_of("m1", merged, files)
    assert record.sha256 == hashlib.sha256(meter.data).hexdigest() and record.size == len(meter.data)
    assert read(meter.blocks[record.sha256]).chunks == merged.index.chunks
    assert (record.id, record.start, record.end, record.values) == ("m1", date(2024, 3, 31), date(2024, 4, 1), 2)
    assert record.files == (("aa", "march.csv"), ("bb", "april.csv"))


Values = dict[tuple[int, int], tuple[float, int]]
"""Beginning and step to value and mark."""


def kept(meter: Meter) -> Values:
    """What is kept, straight from index and blocks."""
    found: Values = {}
    for chunk in meter.known.chunks:
        values, marks = decode(meter.blocks[chunk.sha256], chunk.n)
        assert not math.isnan(values[0]) and not math.isnan(values[-1])
        for i in np.flatnonzero(~np.isnan(values)).tolist():
            mark = 0 if marks is None else int(marks[i])
            found[chunk.start + i * chunk.step, chunk.step] = (float(values[i]), mark)
    return found


class Import(NamedTuple):
    parts: list[Series]
    overwrite: bool


@st.composite
def imports(draw: st.DrawFn) -> Import:
    """A few series around the end of a month, of all kinds of steps."""
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        step = draw(st.sampled_from([900, 900, 1800, 3600]))
        start = APRIL - 7200 + 900 * draw(st.integers(0, 12))
        values = draw(st.lists(st.sampled_from([1.0, 2.5, NAN]), min_size=1, max_size=10))
        marks = draw(st.none() | st.lists(st.integers(0, 1), min_size=len(values), max_size=len(values)))
        parts.append(series(start, step, *values, marks=marks))
    return Import(parts, draw(st.booleans()))


def expected(before: Values, new: Values, overwrite: bool) -> Values | None:
    """What shall be kept, slot by slot; None where it must be refused."""
    after = dict(before)
    for (start, step), value in new.items():
        across = [k for k in after if k != (start, step) and k[0] < start + step and k[0] + k[1] > start]
        if across and not overwrite:
            return None
        for key in across:
            del after[key]
        if overwrite or (start, step) not in after:
            after[start, step] = value
    return after


def slots(part: Series) -> Values:
    marks = [0] * len(part) if part.marks is None else part.marks.tolist()
    rows = zip(part.starts.tolist(), part.values.tolist(), marks, strict=True)
    return {(start, part.step): (value, mark) for start, value, mark in rows if not math.isnan(value)}


@settings(max_examples=300)
@given(st.lists(imports(), min_size=1, max_size=4))
def test_every_sequence_of_imports_keeps_what_it_should(sequence: list[Import]) -> None:
    meter, model = Meter(), Values()
    meter.index = Index.of(BERLIN.key, [])
    for parts, overwrite in sequence:
        fresh: Values | None = Values()
        for part in parts:
            fresh = None if fresh is None else expected(fresh, slots(part), overwrite)
        wanted = None if fresh is None else expected(model, fresh, overwrite)
        if wanted is None:
            with pytest.raises(UserError, match="there are values"):
                meter.merge(*parts, overwrite=overwrite)
            continue
        merged = meter.merge(*parts, overwrite=overwrite)
        model = wanted
        assert kept(meter) == model
        given_values = sum(int(np.count_nonzero(~np.isnan(p.values))) for p in parts)
        assert merged.added + merged.same + merged.changed + merged.conflicts == given_values
        chunks: tuple[Chunk, ...] = read(meter.data).chunks if model else ()
        assert sum((c.total for c in chunks), Decimal(0)) == sum(Decimal(v) for v, _ in model.values())
        before = meter.data
        assert len(meter.merge(*parts, overwrite=overwrite).blobs) <= 1 and meter.data == before
