"""The workbook is opened again and added up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.errors import UserError
from core.exchange.gbt_workbook import write_gbt_workbook
from core.inventory import Inventory
from core.inventory.views import gbt_view
from core.ledger import Audit, Record
from tests.core.inventory.views.everything import kept, one_of_each, plant_with
from tests.core.samples import YEAR, activity, green

POLICY = "gbt-32150-2025"
SHEETS = ["基本信息", "活动数据", "排放因子", "排放量汇总", "分源明细", "未计入数据"]
GREEN = (activity("g", unit="MWh", quantity=100), *green("g", 60_000))
DIESEL = activity("d", method="stationary_combustion", item="diesel", unit="t", evidence="Lab 12", quantity=10,
                  parameters=(("ncv", "43.1"),))  # fmt: skip
FORMULA = activity("f", source="=HYPERLINK(1)", method="stationary_combustion", item="diesel", unit="t", evidence="+1")
LOST = activity("x", method="stationary_combustion", item="diesel", unit="kWh", quantity=7)


def written(path: Path, *records: Record, language: str = "zh") -> tuple[Inventory, dict[str, list[dict[str, Any]]]]:
    """The inventory, and each sheet as rows by heading."""
    inventory = plant_with(*records, policy=POLICY)
    audit = Audit("2023", YEAR.start, YEAR.end, policy=POLICY, boundary="whole site", preparer="Li Na")
    write_gbt_workbook(path / "out.xlsx", inventory, audit, language)
    book = openpyxl.load_workbook(path / "out.xlsx")
    found = {}
    for sheet in book.worksheets:
        head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        found[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    book.close()
    return inventory, found


def amount(value: object) -> Decimal:
    assert isinstance(value, (int, float)), f"{value!r} is no number"
    return Decimal(str(value))


def test_it_adds_up(tmp_path: Path) -> None:
    inventory, found = written(tmp_path, *one_of_each(), *GREEN, DIESEL)
    assert list(found) == SHEETS
    view = gbt_view(inventory)
    slack = Decimal("0.000001")
    summary = {row["排放类别"]: row for row in found["排放量汇总"]}
    by_part: dict[str, Decimal] = {}
    for line in found["分源明细"]:
        part = line["排放类别"]
        by_part[part] = by_part.get(part, Decimal(0)) + amount(line["计入排放量（t）"])
    for row in view.rows:
        said = summary[row.row.title.in_language("zh")]
        assert abs(amount(said["计入排放量（t）"]) - row.counted) < slack
        if row.sign and row.details:
            assert abs(by_part[row.row.title.in_language("zh")] - row.counted) < slack
    added = [by_part.get(r.row.title.in_language("zh"), Decimal(0)) * r.sign for r in view.rows if r.sign]
    total = amount(summary["排放总量（含购入、扣除输出电力和热力）"]["计入排放量（t）"])
    assert abs(sum(added, Decimal(0)) - total) < slack
    assert total != amount(summary["排放总量（不含购入、输出电力和热力）"]["计入排放量（t）"])


def test_numbers_are_numbers_and_days_are_days(tmp_path: Path) -> None:
    _, found = written(tmp_path, activity("e", quantity="123456789.123"), *GREEN)
    first, second = found["活动数据"]
    assert first["活动数据"] == 123456789.123 and second["活动数据"] == 100
    assert first["开始日期"].date() == date(2023, 1, 1)
    line = next(x for x in found["分源明细"] if x["明细编号"] == "g:location")
    assert (line["计入排放量（t）"], line["有证明的非化石电力扣减（tCO2）"]) == (21.224, 31.836)


def test_parameters_stand_beside_their_proof(tmp_path: Path) -> None:
    _, found = written(tmp_path, DIESEL, kept("d", kind="other"))
    (line,) = found["分源明细"]
    assert (line["低位发热量"], line["单位热值含碳量"], line["碳氧化率"]) == (43.1, 0.0202, 0.98)
    assert (line["取值方式"], line["证明材料（票据号、文件）"]) == ("实测值", "Lab 12；d.pdf")
    kinds = {row["参数"]: (row["取值方式"], row["出处（表、页、报告号）"]) for row in found["排放因子"]}
    assert kinds["低位发热量"] == ("实测值", "Lab 12")
    assert kinds["单位热值含碳量"][0] == "缺省值" and "C.1" in kinds["单位热值含碳量"][1]


def test_texts_of_the_plant_never_become_formulas(tmp_path: Path) -> None:
    written(tmp_path, FORMULA)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    risky = [cell for cell in cells if str(cell.value)[:1] in ("=", "+")]
    assert {cell.value for cell in risky} == {"=HYPERLINK(1)", "+1"}
    assert all(cell.quotePrefix for cell in risky)


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    _, found = written(tmp_path, LOST)
    (row,) = found["未计入数据"]
    assert (row["活动数据"], row["单位"]) == (7, "kWh") and row["原因"]
    assert found["分源明细"] == []


def test_the_first_sheet_says_who_when_and_by_what(tmp_path: Path) -> None:
    _, found = written(tmp_path)
    facts = {row["项目"]: row["内容"] for row in found["基本信息"]}
    assert facts["工厂名称"] == "Zhangjiakou" and facts["核算标准"] == "GB/T 32150-2025"
    assert facts["核算期间"] == "2023年1月1日 – 2023年12月31日"
    assert (facts["核算边界"], facts["编制人"]) == ("whole site", "Li Na")


@pytest.mark.parametrize(("language", "sheet"), [("both", "活动数据 Activity data"), ("en", "Activity data")])
def test_headings_in_other_languages(tmp_path: Path, language: str, sheet: str) -> None:
    _, found = written(tmp_path, *GREEN, language=language)
    assert {"both": "品种\nItem", "en": "Item"}[language] in found[sheet][0]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_gbt_workbook(tmp_path / "missing" / "out.xlsx", plant_with())
