"""One more file in the folder is one more publication that can be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.exchange import publishers
from core.exchange.factor_import import preview_factors
from core.ledger import Ledger, Plant
from core.library import load_library

NEW = """
from decimal import Decimal

from core.exchange.publishers._types import Found, Published, Reader
from core.i18n import Name, T
from core.library import FactorSet


def _read(book):
    sheet = book.sheet(book.names[0])
    rows = tuple(
        Published(("Fuels", sheet.text(row, 1)), "t", {"CO2": sheet.number(row, 2)}, sheet.at(row, 2), "AQ", 2031)
        for row in sorted(sheet.rows)[1:]
    )
    name = Name("Penguin factors", "企鹅排放因子")
    return Found(FactorSet("penguin_2031", name, "Penguins", "2031", 2031, "2031", "free"), rows)


READER = Reader("penguin", T("Penguin factors"), lambda book: book.sheet(book.names[0]).text(1, 1) == "Penguin", _read)
"""


@pytest.fixture
def dropped_in(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "penguin.py").write_text(NEW, encoding="utf-8")
    publishers.__path__.append(str(tmp_path))
    publishers.all_readers.cache_clear()
    yield
    publishers.__path__.remove(str(tmp_path))
    publishers.all_readers.cache_clear()
    sys.modules.pop("core.exchange.publishers.penguin", None)


@pytest.mark.usefixtures("dropped_in")
def test_new_reader_needs_nothing_but_its_file() -> None:
    seen = preview_factors(
        b"Penguin,t CO2\nDiesel,3.1\n", load_library(), Ledger.of([Plant("Base", "AQ")]), name="penguin.csv",
        mapping={"Fuels / Diesel": "diesel/combustion"},
    )  # fmt: skip
    assert [row.factor.key for row in seen.rows] == ["penguin_2031.diesel.combustion.AQ.2031.t"]
    assert seen.rows[0].factor.place == "penguin!B2"
