"""A plant that asks suppliers, and workbooks that come back; all invented."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.exchange.supplier_requests import write_request
from core.exchange.supplier_requests.form import COLUMNS
from core.ledger import DataRequest, Ledger, Plant, Supplier
from tests.core.exchange.books import saved

PLACE = {one.key: place for place, one in enumerate(COLUMNS, 1)}
"""Column of the workbook by its key."""
ASKED = (
    ("1", "Tube; 32 mm", "steel", "120.5", "t"),
    ("2", "=Cap", "", "400000", "piece"),
    ("3", "Damper oil", "damper_oil", "9000", "l"),
)
STEEL = Supplier("su00001", "Example Steel", "CN")
REQUEST = DataRequest("dq00001", "su00001", 2025, date(2026, 1, 5), "2026-02-15", ASKED)
LEDGER = Ledger.of((Plant("Hillside", "CN", "CN-HE", organisation="Hillside Dampers"), STEEL, REQUEST))
TUBE: Mapping[str, Any] = {
    "footprint": 2100,
    "boundary": "Cradle to our gate",
    "primary": 80,
    "standard": "ISO 14067",
    "verified": "Nobody",
    "mode": "货车（平均）",
    "distance": 520,
    "comment": "Melt of 2024",
}
CAP: Mapping[str, Any] = {
    "footprint": "0.4",
    "boundary": "从摇篮到贵厂（含运输） / Cradle to your plant (delivery included)",
}
OIL: Mapping[str, Any] = {
    "footprint": 3,
    "boundary": "gate_to_gate",
    "mode": "rail_freight",
    "distance": 900,
    "mass": 0.9,
}
FILLED: Mapping[str, Mapping[str, Any]] = {"1": TUBE, "2": CAP, "3": OIL}
Edit = Callable[[Workbook, Worksheet, int], None]
"""Of the book, its first sheet and the row of the headings."""


def blank(path: Path, ledger: Ledger = LEDGER, key: str = "dq00001", language: str = "both") -> bytes:
    """The workbook as it is sent."""
    write_request(path / "request.xlsx", ledger, key, language)
    return (path / "request.xlsx").read_bytes()


def filled(data: bytes, answers: Mapping[str, Mapping[str, Any]] = FILLED, edit: Edit | None = None) -> bytes:
    """As it comes back: values by line and column, and whatever else somebody did to it."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    top = head_of(sheet)
    rows = {str(sheet.cell(row, 1).value): row for row in range(top + 1, sheet.max_row + 1)}
    for line, values in answers.items():
        for key, value in values.items():
            sheet.cell(rows[line], PLACE[key]).value = value
    if edit is not None:
        edit(book, sheet, top)
    return saved(book)


def head_of(sheet: Worksheet) -> int:
    """The row of the headings."""
    return next(row for row in range(1, 30) if "Line" in str(sheet.cell(row, 1).value or "").split("\n"))
