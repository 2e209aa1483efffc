"""Words and numbers of the library page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.exchange.own_factors import ORIGINS as ORIGIN_KEYS
from core.i18n import Text
from core.library import Factor, load_library
from gui.language import set_language
from gui.library.rows import Shelf, rows_of
from gui.library.words import KINDS, ORIGINS, STATUS_SENTENCES, USES, brief, percent, unit_of, use_name
from gui.wording import STATUSES

LIBRARY = load_library()


def test_every_kind_use_and_status_of_the_library_has_words() -> None:
    assert {factor.use for factor in LIBRARY.factors} <= set(USES)
    assert {item.kind for item in LIBRARY.items.values()} <= set(KINDS)
    assert {factor.status for factor in LIBRARY.factors} <= set(STATUS_SENTENCES) == set(STATUSES)
    assert set(ORIGIN_KEYS) == set(ORIGINS)


def test_words_of_one_table_are_told_apart() -> None:
    def twice(words: dict[str, Text]) -> set[str]:
        said = [str(text) for text in words.values()]
        return {one for one in said if said.count(one) > 1}

    assert not twice(USES) and not twice(KINDS)


def test_a_use_nobody_named_is_readable() -> None:
    assert use_name("dry_ice_blasting") == "dry ice blasting"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("0.5366", "0.5366"), ("3033.38067", "3,033.38067"), ("74100", "74,100"), ("0.6666666666666666", "0.66666667"),
     ("1234567.123456789", "1,234,567.1"), ("0", "0")],
)  # fmt: skip
def test_numbers_are_shown_as_published_but_never_endless(number: str, shown: str) -> None:
    assert brief(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("change", "shown"),
    [("0", "same"), ("11.295", "+11.3 %"), ("-4.04", "−4.0 %"), ("12345.6", "+12,346 %"), (None, "")],
)
def test_a_difference_has_its_sign(change: str | None, shown: str) -> None:
    assert percent(None if change is None else Decimal(change)) == shown


def test_the_unit_names_the_gas_it_counts() -> None:
    def unit(item: str, use: str) -> str:
        return unit_of(LIBRARY, LIBRARY.about(item, use)[0])

    assert unit("electricity", "location").startswith("kg CO₂")
    assert unit("diesel", "ncv") == "GJ/t"
    assert unit("diesel", "oxidation") == ""


def test_rows_are_made_once_and_follow_library_language_and_use() -> None:
    shelf = Shelf()
    first = shelf.rows(LIBRARY, {})
    again = shelf.rows(LIBRARY, {first[0].id: 3})
    assert again[0].used == 3 and all(one is other for one, other in zip(first[1:], again[1:], strict=True))
    assert shelf.rows(LIBRARY, {})[0].used == 0
    set_language("zh")
    assert shelf.rows(LIBRARY, {})[0] is not first[0]


def test_substances_that_are_no_item_have_the_name_of_their_row() -> None:
    rows = [row for row in rows_of(LIBRARY) if not row.kind]
    assert rows and all(row.item != row.factor.item for row in rows if row.factor.name is not None)


def test_no_factor_is_lost() -> None:
    keys: list[str] = [row.id for row in rows_of(LIBRARY)]
    factors: list[Factor] = list(LIBRARY.factors)
    assert len(keys) == len(set(keys)) == len(factors)
