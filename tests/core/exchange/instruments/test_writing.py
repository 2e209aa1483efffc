"""The ledger of instruments as a table: what is read again, and what stands beside it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import UserError
from core.exchange.instruments import read_instruments, taking_up, write_instruments
from core.ledger import Activity, Allocation, Evidence, Instrument, Ledger
from tests.core.exchange.books import EMPTY
from tests.core.exchange.instruments import exports as x
from tests.core.exchange.instruments.exports import export
from tests.core.samples import PLANT

FILES = [(x.GEC, x.GEC_ROW), (x.IREC, x.IREC_ROW), (x.AIB, x.AIB_ROW), (x.REGO, x.REGO_ROW), (x.OWN, x.OWN_ROW)]
FULL = Instrument(
    "i00009", "Everything", "ppa_virtual", "DE", date(2024, 1, 1), date(2024, 12, 31), Decimal("1234.567"), "GO",
    "A1–A9; B7", "C-1", "Seller", "mixed", "Park", "2020-02-29", Decimal("0.01"), "2025-12-31", "2025-01-31", "Plant",
    "2024", "without", Decimal("-1.5"), "EUR", "", (), "a note",
)  # fmt: skip


def taken() -> Ledger:
    ledger = EMPTY
    for number, (head, row) in enumerate(FILES):
        found = read_instruments(export(head, row), ledger, f"{number}.csv")
        ledger = ledger.apply(taking_up(found, ledger).steps)
    return ledger


def bare(one: Instrument) -> Instrument:
    return replace(one, id="", evidence=())


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_text("utf-8-sig"))))


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_is_written_is_read_again(tmp_path: Path, language: str, ending: str) -> None:
    ledger = Ledger.of([PLANT, *taken().held(Instrument), FULL])
    write_instruments(tmp_path / f"out{ending}", ledger, language)
    found = read_instruments(tmp_path / f"out{ending}", EMPTY)
    assert found.refused == (), [str(one.message) for one in found.refused]
    assert sorted(map(repr, found.records)) == sorted(repr(bare(one)) for one in ledger.held(Instrument))
    back = read_instruments(tmp_path / f"out{ending}", ledger)
    assert len(back.known) == 6 and back.rows == () and back.refused == ()


def test_what_is_allocated_judged_and_proven_stands_beside(tmp_path: Path) -> None:
    bill = Activity(
        "a1",
        "Main meter",
        "purchased_electricity",
        "electricity",
        date(2024, 5, 1),
        date(2024, 5, 31),
        Decimal(900),
        "kWh",
    )
    proof = Evidence("e1", "statement.pdf", "certificate", "0" * 64, 1, "application/pdf")
    one = replace(FULL, id="i1", evidence=("e1",))
    parts = [Allocation("al1", "i1", "a1", Decimal(500)), Allocation("al2", "i1", "a9", Decimal("0.5"))]
    write_instruments(tmp_path / "out.csv", Ledger.of([PLANT, bill, proof, one, *parts]), "en")
    (row,) = rows_of(tmp_path / "out.csv")
    assert (row["Allocated [MWh]"], row["Not allocated [MWh]"]) == ("0.5005", "1234.0665")
    assert row["Allocations"] == "Main meter 2024-05-01: 500 kWh; a9: 0.5 kWh"
    assert (row["Judgement"], row["Evidence"]) == ("stopped", "statement.pdf")
    assert "another market" in row["Reasons"] and "leaves the attributes with somebody else" in row["Reasons"]


def test_words_are_in_the_language_of_the_headings(tmp_path: Path) -> None:
    write_instruments(tmp_path / "out.csv", Ledger.of([PLANT, FULL]), "zh")
    (row,) = rows_of(tmp_path / "out.csv")
    assert (row["判定"], row["类型"]) == ("不予认可", "虚拟购电协议") and "混合" in row.values()


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_no_cell_runs_as_a_formula(tmp_path: Path, ending: str) -> None:
    evil = replace(FULL, name="=1+1", generator="+x", beneficiary="@SUM(A1)", purpose="-2", note="'=3")
    path = tmp_path / f"out{ending}"
    write_instruments(path, Ledger.of([PLANT, evil]), "en")
    if ending == ".csv":
        (row,) = rows_of(path)
        assert [row[key][:2] for key in ("Name", "Generating plant", "Beneficiary", "Purpose", "Remark")] == [
            "'=", "'+", "'@", "'-", "''",
        ]  # fmt: skip
    else:
        sheet = load_workbook(path).active
        assert sheet is not None
        assert "f" not in {cell.data_type for line in sheet.iter_rows() for cell in line}
    assert bare(evil) in read_instruments(path, EMPTY).records


def test_an_empty_ledger_gives_a_table_to_fill_in(tmp_path: Path) -> None:
    write_instruments(tmp_path / "out.xlsx", EMPTY)
    found = read_instruments(tmp_path / "out.xlsx", EMPTY)
    assert found.rows == () and found.refused == () and not found.possible


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"neither \.xlsx nor"):
        write_instruments(tmp_path / "out.pdf", EMPTY)
