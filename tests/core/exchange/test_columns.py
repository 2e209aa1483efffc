"""Headings in both languages, in any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.cells import Cell
from core.exchange.columns import COLUMNS, heading, letter, map_columns, recognise
from core.ledger import Activity

ENGLISH: list[Cell] = [column.name.en for column in COLUMNS]


def test_each_column_is_a_field_of_an_activity() -> None:
    assert {column.key for column in COLUMNS} == set(Activity.__dataclass_fields__) - {"id"}


def test_no_spelling_has_two_meanings() -> None:
    spellings = [s.casefold() for c in COLUMNS for s in {c.key, c.name.en.casefold(), c.name.zh, *c.aliases}]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: str(column.key))
@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_our_own_headings_are_recognised(column: object, language: str) -> None:
    key = getattr(column, "key", "")
    assert recognise(heading(key, language)) == key
    assert recognise(heading(key, language, "\n") + " *") == key


@pytest.mark.parametrize(
    ("text", "key"),
    [("START DATE", "start"), ("开始日期", "start"), ("数量（吨）", "quantity"), ("Quantity (kWh)", "quantity"),
     ("能源品种", "item"), ("是否估算？", ""), ("起/止", ""), ("Colour", ""), ("", ""), ("x" * 300, ""),
     ("单位：", "unit")],
)  # fmt: skip
def test_headings(text: str, key: str) -> None:
    assert recognise(text) == key


@given(st.permutations(ENGLISH))
def test_the_order_is_free(order: list[Cell]) -> None:
    found = map_columns([(1, order)])
    assert {order[place] for place in found.positions.values()} == set(ENGLISH)
    assert all(order[place] == BY_NAME[key] for key, place in found.positions.items())


BY_NAME = {column.key: column.name.en for column in COLUMNS}


def test_titles_above_and_unknown_columns_beside() -> None:
    rows: list[tuple[int, list[Cell]]] = [
        (1, ["Energy of 2024", None, None, None, None, None, None]),
        (3, ["Source", "Item", "Start", "Quantity", "Unit", "Cost centre", None]),
    ]
    found = map_columns(rows)
    assert found.row == 3
    assert found.unknown == ("Cost centre",)
    assert found.positions == {"source": 0, "item": 1, "start": 2, "quantity": 3, "unit": 4}


def test_missing_headings_are_named() -> None:
    with pytest.raises(UserError) as caught:
        map_columns([(2, ["Source", "Start", "Quantity"])])
    assert caught.value.message.args["row"] == 2
    names = caught.value.message.args["columns"]
    assert str(names) == "Item, Unit"
    assert getattr(names, "zh", "") == "项目、单位"


def test_no_headings_at_all() -> None:
    with pytest.raises(UserError, match="No row of headings"):
        map_columns([(1, ["a", "b"])])
    with pytest.raises(UserError, match="No row of headings"):
        map_columns([])


def test_two_columns_of_one_meaning_are_named_by_their_letters() -> None:
    with pytest.raises(UserError, match="the columns B and H both mean Quantity"):
        map_columns([(1, ["Quantity", "Source", "Item", "Start", "Unit", None, "用量"])], first_column=1)


@pytest.mark.parametrize("word", ["equipment", "reference", "consumption"])
def test_parameters_called_like_a_column_stand_beside_it(word: str) -> None:
    row: list[Cell] = ["Source", "Item", "Start", word, "Quantity", "Unit", "Evidence"]
    mapping = map_columns([(1, row)])
    assert mapping.positions["parameter:" + word] == 3
    assert set(mapping.positions) >= {"source", "quantity", "evidence"}


@pytest.mark.parametrize("head", ["Distance [km]", "距离（km）", "距离【km】", "distance", "Distance (km)"])
def test_headings_of_parameters_may_carry_their_unit(head: str) -> None:
    assert recognise(head) == "parameter:distance"


@pytest.mark.parametrize(("place", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters(place: int, text: str) -> None:
    assert letter(place) == text
