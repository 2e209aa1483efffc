"""A year of bills as a person fills them into the template of the program."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from core.exchange import write_template
from core.library import load_library

YEAR = 2023
Bill = tuple[str, str, str, date, date, int | str, str, str, str]
"""Source, method, item, start, end, quantity, unit, estimated, evidence."""


def year_of_bills(lang: str) -> list[Bill]:
    """Electricity, fork-lifts and boiler, month by month, in the words of a language."""
    zh = lang == "zh"
    sources = [
        ("总进线" if zh else "Main meter", "电力" if zh else "electricity", 412_000, "kWh"),
        ("叉车" if zh else "Fork-lifts", "柴油" if zh else "Diesel", 1_850, "L"),
        ("锅炉房" if zh else "Boiler house", "天然气" if zh else "Natural gas", 9_300, "m3"),
    ]
    methods = ("purchased_electricity", "mobile_combustion", "stationary_combustion")
    bills: list[Bill] = []
    for method, (source, item, quantity, unit) in zip(methods, sources, strict=True):
        for month in range(1, 13):
            first, last = date(YEAR, month, 1), date(YEAR, month, monthrange(YEAR, month)[1])
            number = f"{method[:1].upper()}-{month:02}"
            bills.append((source, method, item, first, last, quantity + 7 * month, unit, "", number))
    return bills


def write(path: Path, lang: str, bills: Sequence[Bill]) -> Path:
    """Fill the template from its second row on."""
    book = _template(lang)
    cells = [(book.worksheets[0].cell(row, column), value)
             for row, bill in enumerate(bills, 2) for column, value in enumerate(bill, 1)]  # fmt: skip
    for cell, value in cells:
        cell.value = value
    book.save(path)
    for cell, _value in cells:
        cell.value = None
    return path


@cache
def _template(lang: str) -> openpyxl.Workbook:
    """As the program writes it; written to a file and emptied again by whoever fills it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, lang, load_library())
        return openpyxl.load_workbook(path)
