"""From a workbook to a change and back; published lists; the roll-up as a workbook."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import UserError
from core.exchange.minerals import (
    read_declaration,
    read_smelter_list,
    taking_up,
    taking_up_list,
    write_rollup,
)
from core.ledger import Evidence, Ledger, MineralDeclaration, Register, SmelterList, Supplier
from core.ledger.filing import Records
from core.minerals import rollup
from tests.core.exchange.books import csv_of, xlsx_of
from tests.core.exchange.minerals.forms import cmrt
from tests.core.minerals.declared import LISTS, SUPPLIERS, TODAY, emrt
from tests.core.minerals.declared import cmrt as declared

DAY = date(2025, 6, 3)


@pytest.mark.parametrize("records", [Ledger.of(SUPPLIERS), Register.of(SUPPLIERS)])
def test_a_declaration_is_taken_up_with_its_workbook(records: Records) -> None:
    data = cmrt().saved()
    read = read_declaration(data, "C:\\in\\weld.xlsx", records)
    found = taking_up(read, records, SUPPLIERS[0], DAY)
    after = records.apply(found.steps)
    (one,) = after.held(MineralDeclaration)
    (file,) = after.held(Evidence)
    assert (one.id, one.supplier, one.received, one.evidence) == ("md00001", "su00001", "2025-06-03", ("e00001",))
    assert (file.name, file.sha256, file.size) == ("weld.xlsx", hashlib.sha256(data).hexdigest(), len(data))
    assert found.data == (data,)
    assert str(found.why) == "CMRT 6.5 taken up: Weld Wire Ltd"
    again = read_declaration(data, "again.xlsx", after)
    assert again.already == one
    with pytest.raises(UserError, match="already taken up, as md00001"):
        taking_up(again, after, SUPPLIERS[0], DAY)


def test_newer_ones_stand_beside_older_ones() -> None:
    held = Ledger.of(SUPPLIERS)
    for edition in ("6.4", "6.5"):
        read = read_declaration(cmrt(edition).saved(), "x.xlsx", held)
        held = held.apply(taking_up(read, held, SUPPLIERS[0], DAY).steps)
    assert [one.edition for one in held.held(MineralDeclaration)] == ["6.4", "6.5"]
    assert len(held.held(Evidence)) == 2


def test_own_and_new_and_unknown_suppliers() -> None:
    held = Ledger.of(SUPPLIERS)
    read = read_declaration(cmrt().with_cells({"D8": "Newcomer"}).saved(), "x.xlsx", held)
    own = held.apply(taking_up(read, held, None, DAY).steps)
    assert own.held(MineralDeclaration)[0].supplier == ""
    new = held.apply(taking_up(read, held, Supplier("", "Newcomer", minerals=True), DAY).steps)
    assert new.held(Supplier)[-1] == Supplier("su00004", "Newcomer", minerals=True)
    assert new.held(MineralDeclaration)[0].supplier == "su00004"
    with pytest.raises(UserError, match="no supplier “su00009”"):
        taking_up(read, held, Supplier("su00009", "X"), DAY)
    with pytest.raises(UserError, match="names no company"):
        taking_up(read, held, Supplier("", " "), DAY)


# ---------------------------------------------------------------------- published lists


HEAD = ("Smelter ID", "Metal", "Standard Smelter Name", "Country Location", "Assessment Status", "Audit Cycle")
ROWS = (
    ("CID000100", "Tin", "Alpha Tin Smelting", "China", "Conformant", "1 Year"),
    ("cid000200", "Tin", "Beta Refinery", "Peru", "Active", ""),
)


@pytest.mark.parametrize("form", [csv_of, xlsx_of])
def test_a_list_by_its_headings(form: object) -> None:
    data = csv_of(*ROWS, head=HEAD) if form is csv_of else xlsx_of(*ROWS, head=HEAD)
    held = Ledger()
    found = read_smelter_list(data, held, DAY, "RMAP 2025.csv")
    assert found.list.smelters == (
        ("CID000100", "tin", "Alpha Tin Smelting", "China", "Conformant"),
        ("CID000200", "tin", "Beta Refinery", "Peru", "Active"),
    )
    assert (found.list.name, found.list.day, found.ignored) == ("RMAP 2025", DAY, ("Audit Cycle",))
    change = taking_up_list(found, held, "downloaded")
    after = held.apply(change.steps)
    (one,) = after.held(SmelterList)
    assert (one.id, one.source, one.evidence) == ("sl00001", "downloaded", ("e00001",))
    with pytest.raises(UserError, match="already taken up, as sl00001"):
        taking_up_list(read_smelter_list(data, after, DAY, "x.csv"), after)


def test_a_list_in_chinese_and_one_without_standing() -> None:
    chinese = csv_of(
        ("CID000100", "锡", "阿尔法", "中国", "合格"), head=("冶炼厂识别号", "金属", "冶炼厂名称", "国家", "状态")
    )
    assert read_smelter_list(chinese, Ledger(), DAY).list.smelters == (("CID000100", "tin", "阿尔法", "中国", "合格"),)
    bare = csv_of(("CID000100", "Tin", "Alpha"), head=("CID", "Metal", "Name"))
    assert read_smelter_list(bare, Ledger(), DAY, standing="active").list.smelters[0][4] == "active"
    assert read_smelter_list(bare, Ledger(), DAY, "Conformant_smelters.csv").list.smelters[0][4] == "conformant"
    for name in ("smelters.csv", "Non-conformant smelters.csv"):
        with pytest.raises(UserError, match="does not say which standing"):
            read_smelter_list(bare, Ledger(), DAY, name)


def test_what_is_wrong_in_a_list() -> None:
    with pytest.raises(UserError, match="lacks the column “Smelter ID”"):
        read_smelter_list(csv_of(("Tin", "x"), head=("Metal", "Name")), Ledger(), DAY)
    rows = (*ROWS, ("", "", "", "", "", ""), ("as of June", "", "", "", "", ""), ("CID12", "Tin", "Short", "", "", ""))
    found = read_smelter_list(csv_of(*rows, head=HEAD), Ledger(), DAY, "x.csv")
    assert [one.row for one in found.refused] == [6]
    with pytest.raises(UserError, match=r"1 rows are refused. Row 6: “CID12” is no number"):
        taking_up_list(found, Ledger())
    passed = read_smelter_list(csv_of(*rows[:-1], head=HEAD), Ledger(), DAY, "x.csv")
    assert (passed.passed, len(passed.list.smelters)) == (1, 2)


# ---------------------------------------------------------------------- the roll-up


ACCEPTED = declared(verdict="accepted", company="=cmd|'/c calc'!A0")
EVIL = replace(SUPPLIERS[0], name="=HYPERLINK(1)")


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_the_roll_up_is_a_workbook_of_texts(tmp_path: Path, language: str) -> None:
    held = Ledger.of((EVIL, *SUPPLIERS[1:], *LISTS, ACCEPTED, emrt({"cobalt": "yes"}, verdict="accepted")))
    path = tmp_path / "own.xlsx"
    write_rollup(path, rollup(held, TODAY), held, language)
    book = load_workbook(path)
    assert len(book.sheetnames) == 5
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert all(cell.value is None or isinstance(cell.value, str) for cell in cells)
    said = {cell.value for cell in cells}
    assert "CID000100" in said
    assert any("=HYPERLINK(1)" in str(one) for one in said)
    smelters = book.worksheets[2]
    assert smelters.max_row == 3
    tin = {"en": "Tin", "zh": "锡", "both": "锡 / Tin"}[language]
    assert smelters["B2"].value == tin or smelters["B3"].value == tin
    answers = {(row[0], row[1], row[3]): row[4] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    if language == "en":
        assert answers["CMRT", "1", "Tin"] == "yes"
        assert answers["CMRT", "1", "Gold"] == "stays open"
        assert answers["CMRT", "6", "Tin"] == "50 % or less"
        assert answers["EMRT", "C", "Cobalt"] == "stays open"


def test_what_cannot_be_written(tmp_path: Path) -> None:
    held = Ledger.of((*SUPPLIERS, ACCEPTED))
    with pytest.raises(UserError, match=r"not an \.xlsx"):
        write_rollup(tmp_path / "own.csv", rollup(held, TODAY), held)
    with pytest.raises(UserError, match="No declaration of a supplier counts yet"):
        write_rollup(tmp_path / "own.xlsx", rollup(Ledger(), TODAY), Ledger())
    with pytest.raises(UserError, match=r"own\.xlsx"):
        write_rollup(tmp_path / "no" / "own.xlsx", rollup(held, TODAY), held)
    assert list(tmp_path.iterdir()) == []
