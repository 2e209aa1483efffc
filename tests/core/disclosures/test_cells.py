"""Cells of derived tables hold keys; here both languages say them."""

from __future__ import annotations

import pytest

from core.disclosures.catalogue import all_points
from core.disclosures.cells import _SAID, Words, cell_words
from core.disclosures.derived import all_derived
from core.ledger import ActionArea
from core.library import load_library

WORDS = Words(load_library().items, (ActionArea("heat", "Paint shop"),))


@pytest.mark.parametrize(("point", "column"), sorted(_SAID))
def test_only_words_of_derived_tables_are_said(point: str, column: str) -> None:
    """Of a column that holds words, and a cell that is no key stays what somebody typed."""
    found = next(one for one in all_points()[point].columns if one.key == column)
    assert point in all_derived() and not found.number
    for lang in ("en", "zh"):
        assert cell_words(point, column, "Bo's own words", WORDS).in_language(lang) == "Bo's own words"
        assert cell_words(point, column, "", WORDS).in_language(lang) == ""


@pytest.mark.parametrize(
    ("point", "column", "cell", "english", "chinese"),
    [
        ("ghg.s3_cat", "category", "6", "Business travel", "商务差旅"),
        ("ghg.s3_cat", "method", "average_data; spend_based", "average data, spend-based", None),
        ("target.list", "scopes", "scope1; scope3:4", "Scope 1, Scope 3, category 4", None),
        ("energy.fuel_type", "fuel", "diesel", "Diesel", "柴油"),
        ("energy.contracts", "origin", "PL", "Poland", "波兰"),
        ("method.approach", "approach", "chp", "Combined heat and power", None),
        ("action.list", "area", "heat", "Paint shop", "Paint shop"),
        ("action.list", "area", "governance", "Governance and targets", None),
        ("water.withdraw", "source", "mains", "Water from the mains", "自来水"),
        ("water.withdraw", "source", "well", "well", "well"),
        ("site.output", "family", "production", "Production", "产量"),
        ("min.smelters", "mineral", "tin", "Tin", "锡"),
        ("min.smelters", "name", "tin", "tin", "tin"),
        ("base.s3", "tonnes", "5.5", "5.5", "5.5"),
        ("boundary.exclusions", "source", "scope3:9", "Scope 3, category 9", None),
    ],
)
def test_keys_are_said_in_both_languages(point: str, column: str, cell: str, english: str, chinese: str | None) -> None:
    said = cell_words(point, column, cell, WORDS)
    assert said.in_language("en") == english
    assert said.in_language("zh") == chinese if chinese is not None else said.in_language("zh") != english
