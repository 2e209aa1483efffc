"""What leaves as tables is what the group says, to the last digit, and harms no program that opens it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.exchange import bulk
from core.exchange.read import read_table
from core.exchange.workbook import open_workbook
from core.group.out.exporting import TABLES, export, warehouse_tables
from core.group.year.consolidated import Consolidated
from core.group.year.consolidating import consolidate, reports_of
from core.methods import exact_sum
from core.store import GroupFile
from tests.core.group.filled import filled

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GroupFile]:
    with filled(tmp_path_factory.mktemp("group") / "g.group") as opened:
        yield opened


@pytest.fixture(scope="module")
def written(group: GroupFile, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    out = tmp_path_factory.mktemp("out") / "tables"
    counts = export(group, (2023, 2024), "csv", out)
    found = {}
    for path in sorted(out.iterdir()):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel needs the mark to show Chinese"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            found[path.stem] = list(csv.DictReader(stream))
    assert counts == {name: len(rows) for name, rows in found.items()}
    assert found.keys() == TABLES.keys()
    return found


def year_of(group: GroupFile, year: int) -> Consolidated:
    return consolidate(group.register, reports_of(group, year), year)


def test_every_table_adds_up_to_the_group(group: GroupFile, written: dict[str, Rows]) -> None:
    for year in (2023, 2024):
        found = year_of(group, year)
        own = [row for row in written["consolidated"] if row["year"] == str(year)]
        for scope in ("scope1", "scope2_location", "scope2_market"):
            cells = [Decimal(row["tonnes"]) for row in own if row["scope"] == scope]
            assert exact_sum(cells) == found.totals[scope] != 0
        totals = [row for row in written["totals"] if row["year"] == str(year)]
        for dimension in ("total", "country", "company", "business", "month", "plant", "gas", "source"):
            assert exact_sum(Decimal(r["location"]) for r in totals if r["by"] == dimension) == found.location
        plants = [row for row in written["plants"] if row["year"] == str(year)]
        assert exact_sum(Decimal(row["scope2_market"]) for row in plants) == found.totals["scope2_market"]


def test_lines_are_those_that_were_signed(group: GroupFile, written: dict[str, Rows]) -> None:
    for filed in group.accepted(2024):
        own = [row for row in written["lines"] if row["report"] == filed.sha256]
        assert filed.totals is not None
        assert exact_sum(Decimal(r["tonnes"]) for r in own if r["scope"] == "scope1") == filed.totals["scope1"]
        burned = {(r["method"], r["item"]) for r in own if r["record"] == "a2"}
        assert burned == {("stationary_combustion", "natural_gas")}
        assert {row["month"] for row in own if row["record"] == "a1"} == {f"2024-{m:02}" for m in range(1, 13)}


def test_no_cell_is_run_by_a_spreadsheet_program(written: dict[str, Rows]) -> None:
    cells = {cell for rows in written.values() for row in rows for cell in row.values()}
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t")) or "\n" in cell]
    assert "'=Ash & Co 白蜡" in cells and "'=cmd|' /C calc'!A0" in cells
    negative = [row["tonnes"] for row in written["consolidated"] if row["transfer"]]
    assert negative and all(Decimal(cell) < 0 for cell in negative), "a negative number stays a number"


def test_a_workbook_says_the_same(group: GroupFile, written: dict[str, Rows], tmp_path: Path) -> None:
    out = tmp_path / "g.xlsx"
    counts = export(group, (2023, 2024), "xlsx", out)
    book = open_workbook(out.read_bytes())
    assert list(book.sheets) == list(TABLES)
    for name, columns in TABLES.items():
        rows = book.table(name).rows
        assert [str(cell) for cell in rows[0][1]] == list(columns)
        assert len(rows) - 1 == counts[name] == len(written[name])
    at = list(TABLES["lines"]).index("tonnes")
    numbers = [Decimal(str(cells[at])) for _, cells in book.table("lines").rows[1:]]
    assert exact_sum(numbers) == exact_sum(Decimal(row["tonnes"]) for row in written["lines"])
    assert list(tmp_path.iterdir()) == [out], "nothing half done is left"


def test_a_full_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_ROWS", 4)
    rows = [(n, Decimal(n) / 8) for n in range(7)]
    counts = bulk.write_xlsx(tmp_path / "b.xlsx", {"t": {"n": "whole", "x": "tonnes"}}, [("t", rows)])
    book = open_workbook((tmp_path / "b.xlsx").read_bytes())
    assert counts == {"t": 7} and list(book.sheets) == ["t", "t 2", "t 3"]
    assert [len(book.table(name).rows) for name in book.sheets] == [4, 4, 2]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[int]]:
        yield (1,)
        raise OSError(28, "No space left on device")

    for write, name in ((bulk.write_csv, "folder"), (bulk.write_xlsx, "b.xlsx")):
        with pytest.raises((UserError, OSError)):
            write(tmp_path / name, {"t": {"n": "whole"}}, [("t", broken())])
        assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_and_an_unknown_year_are_refused(group: GroupFile, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="exists already"):
        export(group, (2024,), "csv", tmp_path)
    with pytest.raises(UserError, match="No report of 2022"):
        export(group, (2022, 2024), "csv", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_without_its_library_parquet_says_what_to_do(
    group: GroupFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UserError, match="not installed") as caught:
        export(group, (2024,), "parquet", tmp_path / "p")
    assert "warehouse" in str(caught.value.remedy)
    assert list(tmp_path.iterdir()) == []


def test_parquet_has_the_tables_of_the_roll_ups_with_exact_tonnes() -> None:
    tables = warehouse_tables()
    assert tables["line"]["amount"] == "amount" and tables["counted"]["tonnes"] == "tonnes"
    assert tables["site"] == {"year": "whole", "site": "text", "name": "text", "country": "text", "company": "text",
                              "business": "text"}  # fmt: skip


def test_a_written_csv_is_read_by_our_own_reader(group: GroupFile, tmp_path: Path) -> None:
    export(group, (2024,), "csv", tmp_path / "t")
    rows = read_table((tmp_path / "t" / "plants.csv").read_bytes(), guess=lambda _: ",").rows
    assert [str(cell) for cell in rows[0][1]][:3] == ["year", "plant", "company"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "#N/A", "#REF!", "'=x", " =1", "＝1", "1e5", "TRUE"]
)
def test_a_text_in_a_workbook_stays_a_text(text: str, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    bulk.write_xlsx(tmp_path / "t.xlsx", {"t": {"a": "text", "n": "whole"}}, [("t", [(text, 7)])])
    book = load_workbook(tmp_path / "t.xlsx")
    cell, number = book["t"]["A2"], book["t"]["B2"]
    assert cell.data_type == "s" and str(cell.value).lstrip("'") == text.lstrip("'")
    assert number.value == 7
