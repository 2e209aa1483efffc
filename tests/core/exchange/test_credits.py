"""Carbon credits from registries and the own table, and back."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from core.errors import UserError
from core.exchange.credit_layouts import credit_layouts
from core.exchange.credits import read_credits, taking_up_credits, write_credits
from core.exchange.instruments import FoundLots
from core.instruments import parse_serials
from core.ledger import Credit, Ledger
from tests.core.exchange.books import EMPTY
from tests.core.exchange.instruments import exports as x
from tests.core.exchange.instruments.exports import Rows, changed, export
from tests.core.samples import PLANT

OWN = (
    "登记机构",
    "项目",
    "类型",
    "国家",
    "产生年份",
    "证书编号",
    "数量 [t CO₂e]",
    "注销日期",
    "受益方",
    "抵消年份",
    "信用质量",
)
OWN_ROW = (
    "CCER",
    "造林一号",
    "自然清除",
    "中国",
    "2024",
    "CCER-001 – CCER-050",
    "50",
    "2025年3月4日",
    "甲公司",
    "2024",
    "额外性；经核证",
)


def read(head: tuple[str, ...], *rows: object, ledger: Ledger = EMPTY) -> FoundLots[Credit]:
    return read_credits(export(head, *rows), ledger, "credits.csv")  # type: ignore[arg-type]


def only(head: tuple[str, ...], row: object) -> Credit:
    found = read(head, row)
    assert found.refused == (), [str(one.message) for one in found.refused]
    (one,) = found.records
    return one


def take(head: tuple[str, ...], rows: Rows, ledger: Ledger = EMPTY) -> Ledger:
    found = read(head, *rows, ledger=ledger)
    return ledger.apply(taking_up_credits(found, ledger).steps)


def test_verra() -> None:
    one = only(x.VERRA, x.VERRA_ROW)
    assert (one.registry, one.project, one.country) == ("VCS", "9998 Grassland afforestation", "PY")
    assert (one.kind, one.vintage, one.quantity, one.method) == ("removal_nature", 2020, Decimal(100), "AR-ACM0003")
    assert (one.retired, one.beneficiary, one.purpose) == ("2025-02-13", "Plant Ltd", "Environmental Benefit")
    (numbers,) = parse_serials(one.serials)
    assert (numbers.first, numbers.count) == (421604001, 100)


def test_what_nobody_retired_is_passed_over() -> None:
    found = read(x.VERRA, x.VERRA_ROW, changed(x.VERRA, x.VERRA_ROW, c11=""))
    assert [one.row for one in found.passed] == [3] and found.possible


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Avoided deforestation (REDD)", "avoidance"),
        ("Energy industries", "reduction"),
        ("Reforestation", "removal_nature"),
    ],
)
def test_kinds_follow_the_type_of_project(words: str, kind: str) -> None:
    assert only(x.VERRA, changed(x.VERRA, x.VERRA_ROW, c6=words)).kind == kind


def test_gold_standard() -> None:
    one = only(x.GOLD, x.GOLD_ROW)
    assert (one.registry, one.project, one.country) == ("GS", "GS7777 Cook stoves", "KE")
    assert (one.kind, one.vintage, one.quantity) == ("reduction", 2022, Decimal(43))
    assert (one.retired, one.beneficiary) == ("2025-03-04", "Plant Ltd")
    (numbers,) = parse_serials(one.serials)
    assert (numbers.prefix, numbers.first, numbers.last) == ("GS1-1-KE-GS7777-16-2022-30645-", 608, 650)


def test_the_own_table_in_chinese() -> None:
    one = only(OWN, OWN_ROW)
    assert (one.registry, one.project, one.kind, one.country) == ("CCER", "造林一号", "removal_nature", "CN")
    assert (one.vintage, one.year, one.quantity) == (2024, 2024, Decimal(50))
    assert (one.serials, one.retired) == ("CCER-001–CCER-050", "2025-03-04")
    assert one.quality == ("additional", "verified")


def test_the_own_table_reads_blocks_as_registries_print_them() -> None:
    for registry, head, row, place in (("Verra", x.VERRA, x.VERRA_ROW, 10), ("Gold Standard", x.GOLD, x.GOLD_ROW, 7)):
        own = only(OWN, changed(OWN, OWN_ROW, c0=registry, c5=row[place], c6=100))
        assert own.serials == only(head, row).serials


@pytest.mark.parametrize(
    ("head", "row", "words"),
    [
        (x.VERRA, changed(x.VERRA, x.VERRA_ROW, c9="99"), "name 100 certificates, the row says 99"),
        (x.VERRA, changed(x.VERRA, x.VERRA_ROW, c10="12629-9-1-VCS-VCU-1"), "not a block"),
        (x.VERRA, changed(x.VERRA, x.VERRA_ROW, c10="=1+1"), "not a block"),
        (x.VERRA, changed(x.VERRA, x.VERRA_ROW, c5="Atlantis"), "is no country"),
        (x.GOLD, changed(x.GOLD, x.GOLD_ROW, c7="GS1-650-608"), "not a block"),
        (x.GOLD, changed(x.GOLD, x.GOLD_ROW, c5="22"), "is no year"),
        (x.GOLD, changed(x.GOLD, x.GOLD_ROW, c9="03/04/2025"), "two meanings"),
        (OWN, changed(OWN, OWN_ROW, c2="magic"), "is not known here"),
        (OWN, changed(OWN, OWN_ROW, c10="额外性; shiny"), "is not known here"),
        (OWN, changed(OWN, OWN_ROW, c6="-5"), "not above zero"),
    ],
)  # fmt: skip
def test_each_fault_is_named(head: tuple[str, ...], row: tuple[object, ...], words: str) -> None:
    (one,) = read(head, row).refused
    assert one.row == 2 and words in str(one.reason) and str(one.remedy)


def test_blocks_that_follow_each_other_are_one_record_with_the_file_as_proof() -> None:
    serial = str(x.VERRA_ROW[10])
    second = changed(x.VERRA, x.VERRA_ROW, c10=serial.replace("421604001-421604100", "421604101-421604200"))
    after = take(x.VERRA, [second, x.VERRA_ROW])
    (one,) = after.held(Credit)
    assert (one.id, one.quantity, one.evidence) == ("cr00001", Decimal(200), (after.evidence[0].id,))
    again = read(x.VERRA, x.VERRA_ROW, ledger=after)
    assert [known.id for known in again.known] == ["cr00001"] and not again.possible
    with pytest.raises(UserError, match="holds all 1 rows"):
        taking_up_credits(again, after)
    (refused,) = read(x.VERRA, changed(x.VERRA, x.VERRA_ROW, c12="Somebody"), ledger=after).refused
    assert "Beneficiary is “Plant Ltd” and here “Somebody”" in str(refused.reason)


def test_the_same_file_twice_is_noticed() -> None:
    after = take(x.GOLD, [x.GOLD_ROW])
    assert read(x.GOLD, x.GOLD_ROW, ledger=after).already is not None


def test_an_unknown_file_is_told_what_is_wanted() -> None:
    with pytest.raises(UserError, match="no registry that is known") as error:
        read(("Colour", "Weight"), ("red", 3))
    remedy = str(error.value.remedy)
    assert all(str(one.title) in remedy for one in credit_layouts().values()) and "Vintage" in remedy
    with pytest.raises(UserError, match="looks like “Verra"):
        read(x.VERRA[:10], x.VERRA_ROW[:10])


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_is_written_is_read_again(tmp_path: Path, language: str, ending: str) -> None:
    ledger = take(OWN, [OWN_ROW], take(x.GOLD, [x.GOLD_ROW], take(x.VERRA, [x.VERRA_ROW])))
    priced = replace(ledger.held(Credit)[0], price=Decimal("12.5"), currency="EUR", note="=1+1")
    ledger = Ledger.of([PLANT, priced, *ledger.held(Credit)[1:]])
    write_credits(tmp_path / f"out{ending}", ledger, language)
    found = read_credits(tmp_path / f"out{ending}", EMPTY)
    assert found.refused == (), [str(one.message) for one in found.refused]
    wanted = sorted(repr(replace(one, id="", evidence=())) for one in ledger.held(Credit))
    assert sorted(map(repr, found.records)) == wanted
    assert len(read_credits(tmp_path / f"out{ending}", ledger).known) == 3


def test_a_single_credit_comes_back_too(tmp_path: Path) -> None:
    row = changed(x.GOLD, x.GOLD_ROW, c6="1", c7="GS1-1-KE-GS7777-16-2022-30645-608-608")
    write_credits(tmp_path / "out.csv", take(x.GOLD, [row]), "en")
    assert read_credits(tmp_path / "out.csv", EMPTY).records[0].serials == "GS1-1-KE-GS7777-16-2022-30645-608"


def test_no_cell_runs_as_a_formula(tmp_path: Path) -> None:
    evil = Credit("cr1", "VCS", "=cmd()", "reduction", "CN", 2024, "", Decimal(1), note="@x")
    write_credits(tmp_path / "out.csv", Ledger.of([PLANT, evil]), "en")
    (row,) = csv.DictReader(StringIO((tmp_path / "out.csv").read_text("utf-8-sig")))
    assert (row["Project"], row["Remark"]) == ("'=cmd()", "'@x")
