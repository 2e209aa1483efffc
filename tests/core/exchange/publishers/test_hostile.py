"""Whatever stands in the cells, a reader answers with rows or tells the person why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.cells import Cell, is_blank
from core.exchange.publishers import Book, Published, Sheet, all_readers, open_book
from tests.core.exchange.publishers import workbooks

WORDS = (
    *("ID", "Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text", "UOM", "GHG/Unit"),
    *("GHG Conversion Factor 2025", *workbooks.GHG, workbooks.DESNZ, "Unit", "Year", "Year:", "2025", "Activity"),
    *("Table 1", "Table 9", "Stationary Combustion", "Material", "RecycledA", "kg CO2 per mmBtu", "Units", "Diesel"),
    *("Last Modified: 2024", "YEAR", "SUBRGN", "SRCO2RTA", "SRCH4RTA", "SRN2ORTA", "SRC2ERTA", "USCO2RTA", "CAMX"),
    *("CO2 (gCO2/kWh)", "PL", "DE", "FR"),
)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=8),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-3000, 3000),
    st.booleans(),
    st.just(date(2025, 1, 1)),
    st.just(time(10)),
)
NAMES = ("Factors by Category", "Introduction", "Fuels", "Emission Factors Hub", "SRL23", "US23", "Residual Mixes", "x")
SLICES: dict[str, tuple[Callable[[], bytes], str]] = {
    "desnz_flat": (workbooks.flat, "flat.xlsx"),
    "desnz_full": (workbooks.full, "full.xlsx"),
    "epa_hub": (workbooks.hub, "hub-2024.xlsx"),
    "egrid": (workbooks.egrid, "egrid2023.xlsx"),
    "aib": (workbooks.aib, "AIB-2023.xlsx"),
}


def sound(row: Published) -> bool:
    """Either plain positive numbers or a reason."""
    numbers = all(number.is_finite() and number >= 0 for number in row.amounts.values())
    return numbers and bool(row.amounts) != bool(row.problem or row.skipped)


def sheet_of(name: str, rows: list[list[Cell]]) -> Sheet:
    """A sheet of these rows, empty cells left out as a file leaves them out."""
    filled = {r: {c: cell for c, cell in enumerate(row, 1) if not is_blank(cell)} for r, row in enumerate(rows, 1)}
    return Sheet(name, filled)


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.lists(CELLS, max_size=12), max_size=12), min_size=1))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_sheets(drawn: dict[str, list[list[Cell]]]) -> None:
    sheets = {
        name: Sheet(
            name, {r: {c: x for c, x in enumerate(row, 1) if x not in (None, "")} for r, row in enumerate(rows, 1)}
        )
        for name, rows in drawn.items()
    }
    book = Book("AIB-2024.xlsx", tuple(sheets), sheets.__getitem__)
    for reader in all_readers().values():
        if reader.recognise(book):
            try:
                assert all(sound(row) for row in reader.read(book).rows)
            except UserError as problem:
                assert str(problem.message)


@pytest.mark.parametrize("key", SLICES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_real_workbooks_with_some_cells_replaced(key: str, data: st.DataObject) -> None:
    made, name = SLICES[key]
    book = open_book(BYTES.setdefault(key, made()), name)
    sheets = {one: book.sheet(one) for one in book.names}
    places = [(n, r, c) for n, sheet in sheets.items() for r, row in sheet.rows.items() for c in row]
    for sheet, row, column in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=6)):
        changed = {r: dict(cells) for r, cells in sheets[sheet].rows.items()}
        changed[row][column] = data.draw(CELLS)
        sheets[sheet] = Sheet(sheet, changed)
    other = Book(name, book.names, sheets.__getitem__)
    reader = all_readers()[key]
    if reader.recognise(other):
        try:
            found = reader.read(other)
        except UserError as problem:
            assert str(problem.message)
        else:
            assert all(sound(one) for one in found.rows)


BYTES: dict[str, bytes] = {}
