"""The workbook of footprints: every contribution a row, and nothing that Excel would run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.errors import UserError
from core.exchange.product_workbook import write_footprints
from core.ledger import AllocationKey
from tests.core.exchange.stating import footprints
from tests.core.products.plants import LEGS, PARTS, STRUT, bill


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


EVIL = '=HYPERLINK("http://evil","x")'


@pytest.mark.parametrize(
    ("language", "sheet"), [("en", "Footprints"), ("zh", "产品碳足迹"), ("both", "产品碳足迹 Footprints")]
)
def test_an_overview_contributions_allocation_and_notes(tmp_path: Path, language: str, sheet: str) -> None:
    path, found = tmp_path / "f.xlsx", footprints(AllocationKey("ak00002", "Office", "none", (), "Sales"))
    write_footprints(path, found, language)
    book = load_workbook(path)
    assert book.sheetnames[0] == sheet and len(book.sheetnames) == 4
    overview, contributions, sharing, notes = (rows(each) for each in book.worksheets)
    assert [row[0] for row in overview[1:]] == ["Strut", "Disc"]
    for row, one in zip(overview[1:], found.footprints, strict=True):
        assert row[6] == pytest.approx(float(one.per_unit)) and row[3] == float(one.quantity)
        assert sum(row[7:11]) == pytest.approx(row[6])
    assert len(contributions) == 1 + sum(len(one.contributions) for one in found.footprints)
    strut = [row for row in contributions if row[0] == "Strut"]
    assert sum(row[5] or 0 for row in strut) == pytest.approx(100, abs=0.05)
    assert {row[0] for row in sharing[1:]} >= {"Boiler", "Office"}
    office = next(row for row in sharing if row[0] == "Office")
    assert office[3] == "Sales" and office[4] is None
    assert len(notes) >= 3


def test_a_problem_is_said_where_a_footprint_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    write_footprints(path, footprints(replace(PARTS[0], unit="bushel")), "en")
    book = load_workbook(path)
    assert [row[0] for row in book["Footprints"].iter_rows(values_only=True)][1:] == ["Disc"]
    assert ("In the way", "Strut, Tube: Unknown unit “bushel”. Use a unit of the list in the template.") in set(
        book["Notes"].iter_rows(values_only=True)
    )


def test_nothing_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    evil = footprints(
        replace(STRUT, name=EVIL, number="+1+1", description="@x"),
        replace(PARTS[1], name="-2+3", source=f"{EVIL}, 1"),
        replace(LEGS[0], name="=1+1"),
        bill("a2", EVIL, "stationary_combustion", "natural_gas", "50000", "m3"),
        AllocationKey("ak00001", "", "mass", (), "=cmd|' /C calc'!A0"),
    )
    write_footprints(path, evil)
    cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == EVIL for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_only_workbooks_are_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"is not an \.xlsx file"):
        write_footprints(tmp_path / "f.csv", footprints())
    with pytest.raises(UserError, match="cannot be written"):
        write_footprints(tmp_path / "no" / "f.xlsx", footprints())
