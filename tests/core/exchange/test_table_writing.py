"""Small tables go out in a form that comes in again, and no cell of them runs."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import UserError
from core.exchange.key_figures import read_key_figures, taking_up, write_key_figures
from core.ledger import KeyFigure, Ledger
from core.library import load_library
from tests.core.samples import PLANT

EMPTY = Ledger.of([PLANT])
FIGURES = """Key figure,Unit,Start,End,Quantity,Evidence,Note
产量,件,2024年1月,,"1,234.5",MES-7,
Headcount,person,2024-01-01,2024-12-31,512,,full-time equivalents
Painted doors,pcs,2024,,3.5万,,
""".encode()


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_is_written_is_read_again(tmp_path: Path, language: str, ending: str) -> None:
    ledger = EMPTY.apply(taking_up(read_key_figures(FIGURES, EMPTY), EMPTY, load_library()).steps)
    path = tmp_path / f"out{ending}"
    write_key_figures(path, ledger, language)
    found = read_key_figures(path, EMPTY)
    wanted = sorted(ledger.held(KeyFigure), key=lambda one: (one.name, one.start, one.id))
    assert [(r.name, r.unit, r.start, r.end, r.quantity, r.evidence, r.note) for _, r in found.rows] == [
        (r.name, r.unit, r.start, r.end, r.quantity, r.evidence, r.note) for r in wanted
    ]


@pytest.mark.parametrize("write", [".csv", ".xlsx"])
def test_no_cell_runs_as_a_formula(tmp_path: Path, write: str) -> None:
    evil = KeyFigure("kf1", "=1+1", "+t", date(2024, 1, 1), date(2024, 12, 31), Decimal(-5), "@SUM(A1)", "-2")
    path = tmp_path / f"out{write}"
    write_key_figures(path, Ledger.of([PLANT, evil]), "en")
    if write == ".csv":
        row = list(csv.reader(StringIO(path.read_text("utf-8-sig"))))[1]
        assert [row[at] for at in (0, 1, 5, 6)] == ["'=1+1", "'+t", "'@SUM(A1)", "'-2"] and row[4] == "-5"
    else:
        sheet = load_workbook(path).active
        assert sheet is not None
        cells = next(iter(sheet.iter_rows(min_row=2)))
        assert {cell.data_type for cell in cells} == {"s", "d", "n"} and cells[0].quotePrefix
    record = read_key_figures(path, EMPTY).rows[0][1]
    assert (record.name, record.evidence, record.note) == ("=1+1", "@SUM(A1)", "-2")


def test_other_endings_and_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"neither \.xlsx nor"):
        write_key_figures(tmp_path / "a.txt", EMPTY)
    with pytest.raises(UserError, match="cannot be written"):
        write_key_figures(tmp_path / "none" / "a.csv", EMPTY)
