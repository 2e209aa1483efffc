"""What is written comes back as it was, and runs nothing in a spreadsheet program."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.errors import UserError
from core.exchange import preview, write_activities
from core.ledger import Activity, Ledger
from core.library import load_library
from core.methods import all_methods
from tests.core.exchange.books import EMPTY
from tests.core.exchange.test_importing import BILL

LIBRARY = load_library()
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufffe\uffff"), max_size=30
).map(str.strip)
TRICKS = st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''-", "=cmd|'/c calc'!A0", "1e5", "2024-03-05", "是"])
SUBJECTS = st.sampled_from([(m.key, m.example["item"], m.example["unit"]) for m in all_methods().values()])
QUANTITIES = st.one_of(
    st.decimals(0, 10**9, places=3, allow_nan=False, allow_infinity=False),
    st.integers(-(10**29), 10**29).map(Decimal),
    st.integers(1, 10**30 - 1).map(lambda n: Decimal(f"0.{n:030d}")),
)


@st.composite
def activities(draw: st.DrawFn) -> list[Activity]:
    """Rows as an import would make them."""
    made = []
    for number in range(draw(st.integers(0, 5))):
        start, end = sorted(draw(st.tuples(*[st.dates(date(1990, 1, 1), date(2099, 12, 31))] * 2)))
        method, item, unit = draw(SUBJECTS)
        made.append(
            Activity(
                f"a{number + 1:05d}",
                draw(st.one_of(WORDS, TRICKS).filter(bool)),
                method,
                item,
                start,
                end,
                draw(QUANTITIES),
                unit,
                draw(st.booleans()),
                str(number),
                draw(st.one_of(WORDS, TRICKS)),
            )
        )
    return made


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("language", ["en", "zh", "both"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=activities())
def test_all_comes_back(ending: str, language: str, rows: list[Activity], tmp_path: Path) -> None:
    path = tmp_path / f"data{ending}"
    write_activities(path, Ledger.of([EMPTY.plant, *rows]), language)
    seen = preview(path, EMPTY, LIBRARY)
    assert [str(one.message) for one in seen.refused] == []
    assert [one.activity for one in seen.ready] == rows
    assert seen.unknown == ()


def test_a_second_export_has_the_same_bytes(tmp_path: Path) -> None:
    ledger = Ledger.of([EMPTY.plant, replace(BILL, note="=1+1\nsecond line")])
    write_activities(tmp_path / "one.csv", ledger)
    seen = preview(tmp_path / "one.csv", EMPTY, LIBRARY)
    write_activities(tmp_path / "two.csv", Ledger.of([EMPTY.plant, *(one.activity for one in seen.ready)]))
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_no_cell_of_a_csv_begins_like_a_formula(tmp_path: Path) -> None:
    rows = [
        replace(BILL, id=f"a{n}", source=text, note=text)
        for n, text in enumerate(("=1", "+1", "-1", "@a", "\0=1", "\t=1"))
    ]
    write_activities(tmp_path / "data.csv", Ledger.of([EMPTY.plant, *rows]))
    with (tmp_path / "data.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for record in csv.reader(stream) for cell in record]
    assert "'=1" in cells
    assert not [cell for cell in cells if cell.strip()[:1] in ("=", "+", "-", "@")]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    write_activities(path, Ledger.of([EMPTY.plant, replace(BILL, source="=HYPERLINK(1)", note="a\x00b\x1bc")]))
    cells = [cell for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert cells[12].value == "=HYPERLINK(1)"
    assert cells[12].quotePrefix
    assert cells[21].value == "abc"


def test_other_endings_and_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"neither .xlsx nor .csv"):
        write_activities(tmp_path / "data.ods", EMPTY)
    for ending in ("csv", "xlsx"):
        with pytest.raises(UserError, match="cannot be written"):
            write_activities(tmp_path / "missing" / f"data.{ending}", EMPTY)


def test_the_room_is_entered_without_its_heavy_libraries() -> None:
    code = "import sys, core.exchange; sys.exit(bool({'openpyxl', 'python_calamine'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_all_public_names_can_be_had() -> None:
    import core.exchange

    assert [name for name in core.exchange.__all__ if not hasattr(core.exchange, name)] == []
    with pytest.raises(AttributeError, match="nothing"):
        _ = core.exchange.nothing
