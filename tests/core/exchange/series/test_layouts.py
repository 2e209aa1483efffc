"""Real layouts: what is proposed, what is asked, and every value of the first column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.exchange.series import guess, look, parse
from core.exchange.series.mapping import Mapping
from tests.core.exchange.series.layouts import LAYOUTS, Layout, local


@pytest.mark.parametrize("make", LAYOUTS, ids=lambda make: make.__name__)
def test_a_layout_is_read(make: Callable[[], Layout], tmp_path: Path) -> None:
    layout = make()
    path = tmp_path / layout.name
    path.write_bytes(layout.data)
    proposed = guess(look(path), layout.zone)
    assert {question.field for question in proposed.questions} == layout.questions
    mapping = replace(proposed.mapping, **layout.answers)
    found = parse(path, mapping, layout.zone)
    assert [str(one.message) for one in found.refused] == []
    assert {c.name: (c.value.quantity, c.value.unit, c.label) for c in found.columns} == layout.columns
    first = found.columns[0]
    (series,) = first.series
    assert (series.start, series.step) == (local(layout.start, layout.zone), layout.step)
    assert series.values.tolist() == [float(value) for value in layout.expected]
    assert first.values == len(layout.expected)
    assert first.missing == first.same == 0


@pytest.mark.parametrize("make", LAYOUTS, ids=lambda make: make.__name__)
def test_row_by_row_gives_the_same(make: Callable[[], Layout], tmp_path: Path) -> None:
    layout = make()
    path = tmp_path / layout.name
    path.write_bytes(layout.data)
    mapping = replace(guess(look(path), layout.zone).mapping, **layout.answers)
    fast, slow = (parse(path, mapping, layout.zone, fast=way) for way in (True, False))
    assert fast.sha256 == slow.sha256
    for one, other in zip(fast.columns, slow.columns, strict=True):
        assert (one.name, one.words, one.places, one.values) == (other.name, other.words, other.places, other.values)
        for a, b in zip(one.series, other.series, strict=True):
            assert (a.start, a.step) == (b.start, b.step)
            assert np.array_equal(a.values, b.values, equal_nan=True)


@pytest.mark.parametrize("make", LAYOUTS, ids=lambda make: make.__name__)
def test_a_mapping_survives_as_pairs(make: Callable[[], Layout], tmp_path: Path) -> None:
    layout = make()
    path = tmp_path / layout.name
    path.write_bytes(layout.data)
    mapping = guess(look(path), layout.zone).mapping
    assert Mapping.of(mapping.pairs) == mapping


def test_estimates_of_a_german_grid_operator_are_marked(tmp_path: Path) -> None:
    layout = next(make() for make in LAYOUTS if make.__name__ == "german_load_profile")
    path = tmp_path / "lastgang.csv"
    path.write_bytes(layout.data)
    found = parse(path, guess(look(path), layout.zone).mapping, layout.zone)
    marks = found.columns[0].series[0].marks
    assert marks is not None
    assert np.flatnonzero(marks).tolist() == [5]


def test_the_ratio_beside_a_load_curve_is_asked_for(tmp_path: Path) -> None:
    layout = next(make() for make in LAYOUTS if make.__name__ == "state_grid")
    path = tmp_path / "曲线.xlsx"
    path.write_bytes(layout.data)
    proposed = guess(look(path), layout.zone)
    assert proposed.mapping.form == "day"
    assert [q.text.in_language("en") for q in proposed.questions] == [
        "The file names a ratio of transformers. Are its values multiplied by it already?"
    ]
