"""Rows of the group as bars and words: the rest is one bar, memos have no share, keys are said as people call them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from core.group.year.consolidating import consolidate, reports_of
from core.group.year.ranking import Outlier
from core.store import GroupFile
from gui.group.asking import share_of
from gui.group.intensity import figures, why
from gui.group.rows import MOST_BARS, Part, bars_of, part_columns, title_of
from gui.language import set_language
from tests.gui.grouped import group_file


def parts(count: int) -> list[Part]:
    return [
        Part(str(n), f"P{n}", Decimal(count - n), Decimal(1), {"scope1": Decimal(count - n), "avoided": Decimal(7)})
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [1, MOST_BARS, MOST_BARS + 1, 40])
def test_however_many_rows_no_tonne_is_left_out_of_the_chart(count: int) -> None:
    rows = parts(count)
    data = bars_of(rows, "plant", "location")
    assert len(data.categories) == min(count, MOST_BARS)
    assert sum(data.series[0].values) == sum(row.tonnes for row in rows)
    assert [one.name for one in data.series] == ["Scope 1"]  # memos are no part of the total
    if count > MOST_BARS:
        assert data.categories[-1] == f"Others ({count - MOST_BARS + 1})"


def test_a_memo_has_no_share_and_copies_as_nothing() -> None:
    column = {one.key: one for one in part_columns("scope")}["share"]
    memo = Part("avoided", "Avoided", Decimal(3), None, {})
    assert column.text(memo) == "–"
    assert column.value(memo) == ""
    assert share_of(Decimal(1), Decimal(0)) is None


@pytest.mark.parametrize(
    ("dimension", "key", "en", "zh"),
    [
        ("gas", "CH4", "CH₄", "CH₄"),
        ("country", "CN", "China", "中国"),
        ("month", "2024-03", "2024-03", "2024年3月"),
        ("scope", "scope1", "Scope 1", "范围一"),
        ("category", "1", "1. Bought goods and services", "1. 外购商品和服务"),
        ("company", "co0001", "Example North", "Example North"),
    ],
)
def test_keys_are_said_as_people_call_them(dimension: str, key: str, en: str, zh: str) -> None:
    with GroupFile.open(Path(group_file()), read_only=True) as group:
        found = consolidate(group.register, reports_of(group, 2024), 2024)
    assert title_of(found, dimension, key) == en
    set_language("zh")
    assert title_of(found, dimension, key) == zh


def test_an_outlier_says_why() -> None:
    odd = Outlier("a", "A", "Brakes", Decimal("60.876"), Decimal("11.2"), Decimal("12.34"), 6)
    words = why(odd)
    for said in ("Brakes", "far above", "60.88", "11.2", "12.3", "3.5"):
        assert said in words
    assert "far below" in why(Outlier("a", "A", "Brakes", Decimal(1), Decimal(5), Decimal(-9), 6))
    assert figures(Decimal("0.00012345")) == "0.0001234"
