"""The template guides people and never brings in its examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import UserError
from core.exchange import COLUMNS, change_of, preview, write_template
from core.library import load_library
from core.methods import all_methods
from tests.core.exchange.books import EMPTY, saved
from tests.core.exchange.test_importing import NOW

LIBRARY = load_library()
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh", "both"])


@LANGUAGES
def test_it_comes_back_empty_with_every_column(language: str, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language, LIBRARY)
    seen = preview(path, EMPTY, LIBRARY)
    assert [column.key for column in seen.columns] == [column.key for column in COLUMNS]
    assert (seen.ready, seen.refused, seen.unknown) == ((), (), ())
    with pytest.raises(UserError, match="holds no rows"):
        change_of(seen, EMPTY, "x", NOW)


@LANGUAGES
def test_its_examples_are_good_rows_of_every_method(language: str, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language, LIBRARY)
    book = load_workbook(path)
    data, examples = book.worksheets[:2]
    for number, cells in enumerate(examples.iter_rows(min_row=2, values_only=True), 2):
        for place, value in enumerate(cells, 1):
            data.cell(number, place).value = value
    seen = preview(saved(book), EMPTY, LIBRARY)
    assert [str(one.message) for one in seen.refused] == []
    assert [one.activity.method for one in seen.ready] == list(all_methods())
    assert all(one.activity.note for one in seen.ready)


@LANGUAGES
def test_its_lists_hold_what_can_be_chosen(language: str, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language, LIBRARY)
    book = load_workbook(path)
    _, _, methods, items, units, instructions = book.worksheets
    assert [row[0] for row in methods.iter_rows(min_row=2, values_only=True)] == list(all_methods())
    assert [row[0] for row in items.iter_rows(min_row=2, values_only=True)] == list(LIBRARY.items)
    assert {row[0] for row in units.iter_rows(min_row=2, values_only=True)} <= set(LIBRARY.units.all)
    assert instructions.max_row >= 5
    assert instructions.max_column == (2 if language == "both" else 1)
    data = book.worksheets[0]
    assert all(data.cell(1, place).comment for place in range(1, len(COLUMNS) + 1))
    ranges = [str(one.formula1) for one in data.data_validations.dataValidation]
    assert ranges[0].endswith(f"${len(all_methods()) + 1}")
    assert f"${units.max_row}" in ranges[1]
    assert '"' in ranges[2]


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, "both", LIBRARY)
    for sheet in load_workbook(path).worksheets:
        assert all(cell.data_type != "f" for cells in sheet.iter_rows() for cell in cells)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        write_template(tmp_path / "missing" / "template.xlsx", "en", LIBRARY)
