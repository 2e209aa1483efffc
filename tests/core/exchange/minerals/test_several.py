"""Several workbooks become one change or none, and what goes back to a supplier says what it can correct."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import UserError
from core.exchange.minerals import read_declaration
from core.exchange.minerals.returning import told_back, write_returned
from core.exchange.minerals.several import taking_up_all
from core.i18n import T
from core.ledger import Evidence, Ledger, MineralDeclaration, Register, Supplier
from core.ledger.filing import Records
from core.minerals import Problem, examine
from tests.core.exchange.minerals.forms import cmrt, emrt_2
from tests.core.minerals.declared import LISTS, SUPPLIERS, TODAY
from tests.core.minerals.declared import cmrt as declared

DAY = date(2025, 6, 3)


@pytest.mark.parametrize("records", [Ledger.of(SUPPLIERS), Register.of(SUPPLIERS)])
def test_several_workbooks_become_one_change(records: Records) -> None:
    reads = [read_declaration(one.saved(), f"{n}.xlsx", records) for n, one in enumerate((cmrt(), emrt_2()))]
    found = taking_up_all([(reads[0], SUPPLIERS[0]), (reads[1], None)], records, DAY)
    after = records.apply(found.steps)
    assert [(one.template, one.supplier) for one in after.held(MineralDeclaration)] == [
        ("CMRT", "su00001"), ("EMRT", ""),
    ]  # fmt: skip
    assert len(found.data) == len(after.held(Evidence)) == 2
    assert str(found.why) == "Declarations taken up: 2"
    (one,) = [taking_up_all([(reads[0], SUPPLIERS[0])], records, DAY)]
    assert str(one.why) == "CMRT 6.5 taken up: Weld Wire Ltd"


def test_a_supplier_that_is_new_in_two_workbooks_is_entered_once() -> None:
    held = Ledger.of(SUPPLIERS)
    new = Supplier("", "Newcomer", minerals=True)
    reads = [
        read_declaration(form.with_cells({"D8": "Newcomer"}).saved(), f"{n}.xlsx", held)
        for n, form in enumerate((cmrt(), emrt_2()))
    ]
    after = held.apply(taking_up_all([(one, new) for one in reads], held, DAY).steps)
    assert [one.name for one in after.held(Supplier)].count("Newcomer") == 1
    assert {one.supplier for one in after.held(MineralDeclaration)} == {"su00004"}


def test_the_same_file_twice_takes_up_nothing() -> None:
    held = Ledger.of(SUPPLIERS)
    read = read_declaration(cmrt().saved(), "x.xlsx", held)
    with pytest.raises(UserError, match="already taken up"):
        taking_up_all([(read, SUPPLIERS[0]), (read, SUPPLIERS[0])], held, DAY)
    with pytest.raises(UserError, match="No workbook is chosen"):
        taking_up_all([], held, DAY)


# ---------------------------------------------------------------------- sent back


def test_the_supplier_reads_what_it_can_correct(tmp_path: Path) -> None:
    poor = declared(company="=HYPERLINK(1)", effective="2023-01-01", header=())
    found = examine(poor, LISTS, SUPPLIERS, TODAY)
    assert {"old", "head", "company"} <= {one.rule for one in found.problems}
    path = tmp_path / "back.xlsx"
    write_returned(path, poor, found.problems, "The day is too long ago.", TODAY, "Hillside", "en")
    book = load_workbook(path)
    assert book.sheetnames == ["About", "To be corrected"]
    about = {row[0].value: row[1] for row in book["About"].iter_rows(min_row=2)}
    assert about["From"].value == "Hillside" and about["Reason"].value == "The day is too long ago."
    assert about["To"].value == "=HYPERLINK(1)" and about["To"].data_type == "s"
    rows = [tuple(cell.value for cell in row) for row in book["To be corrected"].iter_rows(min_row=2)]
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    assert rows[0][1] == "must be corrected"
    said = " ".join(str(row[5]) for row in rows)
    assert "12 months old or older" in said and "e-mail of the contact" in said
    assert "is called" not in said  # whose declaration it is asks the buyer


def test_both_languages_stand_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    found = examine(declared(effective=""), LISTS, SUPPLIERS, TODAY)
    write_returned(path, declared(effective=""), found.problems, "x", TODAY, "Hillside")
    book = load_workbook(path)
    assert book.sheetnames == ["说明 About", "待更正事项 To be corrected"]
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=2)]
    assert any("缺少生效日期" in str(row[5]) and "effective date is missing" in str(row[5]) for row in rows)


def test_only_a_workbook_is_written_and_only_where_one_may(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"is not an \.xlsx"):
        write_returned(tmp_path / "back.pdf", declared(), (), "x", TODAY, "Hillside")
    with pytest.raises(UserError, match="cannot be written"):
        write_returned(tmp_path / "no" / "back.xlsx", declared(), (), "x", TODAY, "Hillside")


def test_what_asks_the_buyer_stays_there() -> None:
    problems = [Problem("review", rule, T("Head of the declaration"), T("x"), T("y")) for rule in ("supplier", "mail")]
    assert [one.rule for one in told_back(problems)] == ["mail"]
