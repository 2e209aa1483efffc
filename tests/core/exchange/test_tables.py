"""Key figures, benchmarks and the plan from files: all rows or none, each refused cell with its reason."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.audit.benchmarks import removing
from core.audit.key_figures import changing
from core.errors import UserError
from core.exchange import benchmarks, key_figures, plan
from core.exchange.tables import Found, accepted
from core.ledger import Benchmark, Evidence, KeyFigure, Ledger, Meter, PlanItem
from core.library import load_library
from tests.core.samples import PLANT

LIBRARY = load_library()
EMPTY = Ledger.of([PLANT])
FIGURES = """Key figure,Unit,Start,End,Quantity,Evidence,Note
产量,件,2024年1月,,"1,234.5",MES-7,
Headcount,person,2024-01-01,2024-12-31,512,,full-time equivalents
Painted doors,pcs,2024,,3.5万,,
"""


def book(rows: list[list[Any]]) -> bytes:
    """An xlsx of these rows."""
    made, stream = Workbook(), BytesIO()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    made.save(stream)
    return stream.getvalue()


def figures(text: str, ledger: Ledger = EMPTY) -> Found[KeyFigure]:
    return key_figures.read_key_figures(text.encode(), ledger, "figures.csv")


def test_key_figures_of_a_csv() -> None:
    found = figures(FIGURES)
    assert found.possible and found.refused == () and found.ignored == ()
    one, two, three = (record for _, record in found.rows)
    assert (one.name, one.unit, one.start, one.end) == ("production", "件", date(2024, 1, 1), date(2024, 1, 31))
    assert (one.quantity, one.evidence) == (Decimal("1234.5"), "MES-7")
    assert (two.name, two.note) == ("headcount", "full-time equivalents")
    assert (three.name, three.end, three.quantity) == ("Painted doors", date(2024, 12, 31), Decimal(35000))


def test_it_becomes_one_change_with_its_file() -> None:
    found = figures(FIGURES)
    change = key_figures.taking_up(found, EMPTY, LIBRARY)
    after = EMPTY.apply(change.steps)
    assert [one.id for one in after.held(KeyFigure)] == ["kf00001", "kf00002", "kf00003"]
    assert [one.evidence for one in after.held(KeyFigure)] == ["MES-7", "e00001", "e00001"]
    assert change.data == (FIGURES.encode(),) and after.evidence[0].sha256 == found.sha256
    again = figures(FIGURES, after)
    assert again.already == after.evidence[0] and not again.possible
    with pytest.raises(UserError, match="already imported"):
        key_figures.taking_up(again, after, LIBRARY)


def test_the_file_goes_with_its_last_row_and_may_then_come_again() -> None:
    after = EMPTY.apply(key_figures.taking_up(figures(FIGURES), EMPTY, LIBRARY).steps)
    one_left = after.apply(changing(after, LIBRARY.units, removed=["kf00002"]).steps)
    assert len(one_left.evidence) == 1
    none_left = one_left.apply(changing(one_left, LIBRARY.units, removed=["kf00001", "kf00003"]).steps)
    assert none_left == EMPTY and figures(FIGURES, none_left).possible


def test_a_workbook_with_a_title_other_columns_and_real_dates() -> None:
    rows: list[list[Any]] = [
        ["Key figures of the works"],
        [],
        ["Remark", "指标 / Key figure", "Colour", "unit", "开始日期", "数量"],
        ["as told", "revenue", "red", "CNY", date(2024, 3, 1), 12.5],
    ]
    found = key_figures.read_key_figures(book(rows), EMPTY)
    (refused,) = found.refused
    assert refused.row == 4 and "end is missing" in str(refused.message) and found.rows == ()
    rows[3][4] = "2024-03"
    found = key_figures.read_key_figures(book(rows), EMPTY)
    assert found.ignored == ("Colour",) and found.rows[0][0] == 4
    assert found.rows[0][1].note == "as told" and found.rows[0][1].end == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",piece,2024,,5,,", "Key figure", "empty"),
        ("production,,2024,,5,,", "Unit", "empty"),
        ("production,piece,03/04/2024,2024-12-31,5,,", "Start", "two meanings"),
        ("production,piece,2024,,many,,", "Quantity", "not a number"),
        ("production,piece,2024-03-01,2024-02-01,5,,", "", "before the start"),
        ("production,piece,2024-03-01,,5,,", "", "end is missing"),
    ],
)
def test_each_refused_cell_has_row_column_reason_and_remedy(row: str, column: str, reason: str) -> None:
    found = figures(f"{FIGURES}{row}\n")
    (one,) = found.refused
    assert one.row == 5 and ("" if one.column is None else one.column.en) == column
    assert reason in str(one.reason) and str(one.remedy) and f"Row {one.row}" in str(one.message)
    assert found.rows == () and not found.possible
    with pytest.raises(UserError, match="1 rows are refused"):
        accepted(found)


def test_a_file_without_headings_or_rows_is_refused() -> None:
    with pytest.raises(UserError, match="lacks the column"):
        figures("Key figure,Unit\nproduction,t\n")
    with pytest.raises(UserError, match="no rows"):
        accepted(figures(FIGURES.splitlines()[0] + "\n"))


def test_figures_that_do_not_fit_together_change_nothing() -> None:
    twice = f"{FIGURES}产量,piece,2024-01-31,2024-02-05,5,,\n"
    with pytest.raises(UserError, match="two entries cover 2024-01-31"):
        key_figures.taking_up(figures(twice), EMPTY, LIBRARY)


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
            st.integers(-(10**12), 10**12),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_no_file_makes_a_bug(rows: list[tuple[str, int]]) -> None:
    """Whatever stands in the cells: a record or a refusal."""
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(["Key figure", "Unit", "Start", "Quantity", "Note"])
    for words, number in rows:
        writer.writerow([words, words[::-1], "2024", number, words])
    try:
        found = figures(stream.getvalue())
    except UserError:
        return
    assert found.rows or found.refused


# ---------------------------------------------------------------------- benchmarks

MARKS = """Key figure,Of what,Unit,Low,Median,High,Plants,Year,Publisher
production,total,t/piece,0.8,1.2,1.9,7,2023,Head office
建筑面积,electricity,kWh/m2,90,120,180,7,2023,Head office
"""


def test_benchmarks_are_kept_with_their_file() -> None:
    found = benchmarks.read_benchmarks(MARKS.encode(), EMPTY, LIBRARY, "sisters.csv")
    change = benchmarks.taking_up(found, EMPTY)
    after = EMPTY.apply(change.steps)
    one, two = after.held(Benchmark)
    assert (one.id, one.subject, one.plants, one.year, one.evidence) == ("be00001", "total", 7, 2023, "e00001")
    assert (two.figure, two.subject, two.median) == ("floor_area", "electricity", Decimal(120))
    assert change.data == (MARKS.encode(),) and after.evidence[0].name == "sisters.csv"


def test_a_file_of_benchmarks_that_were_let_go_may_come_again() -> None:
    """The auditor lets benchmarks go, not the file: it stays kept once."""
    found = benchmarks.read_benchmarks(MARKS.encode(), EMPTY, LIBRARY)
    after = EMPTY.apply(benchmarks.taking_up(found, EMPTY).steps)
    assert benchmarks.read_benchmarks(MARKS.encode(), after, LIBRARY).already is not None
    gone = after.apply(removing(after, ["be00001", "be00002"]).steps)
    again = benchmarks.read_benchmarks(MARKS.encode(), gone, LIBRARY)
    assert again.possible
    back = gone.apply(benchmarks.taking_up(again, gone).steps)
    assert len(back.evidence) == 1 and {one.evidence for one in back.held(Benchmark)} == {"e00001"}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("total", "beauty", "neither the total"),
        ("t/piece", "t", "unit of a ratio"),
        ("0.8", "1.3", "not in this order"),
        (",7,2023,Head office\n建", ",0,2023,Head office\n建", "at least one plant"),
        (",7,2023,Head office\n建", ",7.5,2023,Head office\n建", "no whole number"),
        (",7,2023,Head office\n建", ",7,23,Head office\n建", "no whole number"),
    ],
)
def test_benchmarks_that_cannot_be_are_refused_by_row(old: str, new: str, reason: str) -> None:
    found = benchmarks.read_benchmarks(MARKS.replace(old, new, 1).encode(), EMPTY, LIBRARY)
    (one,) = found.refused
    assert one.row == 2 and reason in str(one.reason)


def test_benchmarks_come_back(tmp_path: Path) -> None:
    found = benchmarks.read_benchmarks(MARKS.encode(), EMPTY, LIBRARY)
    ledger = EMPTY.apply(benchmarks.taking_up(found, EMPTY).steps)
    benchmarks.write_benchmarks(tmp_path / "out.xlsx", ledger)
    again = benchmarks.read_benchmarks(tmp_path / "out.xlsx", EMPTY, LIBRARY)
    assert sorted(str(one) for _, one in again.rows) == sorted(str(one) for _, one in found.rows)


# ---------------------------------------------------------------------- plan

PLAN = """排放源,项目,获取方式,计量设备,记录频次,准确度,校准周期,缺失数据处理,数据记录与凭证,责任部门,备注
总表,电力,计量,A-7,每月,0.5,72,取当年最高值,账单,动力科,
锅炉房,,billed,,,,,,,,
"""
METER = Meter("m00001", "Feeder", "electricity", "import", "kWh", serial="A-7")


def test_a_plan_is_taken_up_and_replaces_what_it_speaks_of() -> None:
    held = PlanItem("pl00001", "锅炉房", "", "estimated", responsible="nobody")
    ledger = Ledger.of([PLANT, METER, held])
    found = plan.read_plan(PLAN.encode(), ledger, LIBRARY)
    after = ledger.apply(plan.taking_up(found, ledger).steps)
    boiler, main = after.held(PlanItem)
    assert (boiler.id, boiler.method, boiler.responsible) == ("pl00001", "billed", "")
    assert (main.id, main.item, main.method, main.meter) == ("pl00002", "electricity", "metered", "m00001")
    assert (main.frequency, main.accuracy, main.calibration_months) == ("monthly", Decimal("0.5"), 72)
    assert (boiler.frequency, boiler.missing) == ("monthly", "highest_of_year")


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_a_plan_comes_back(tmp_path: Path, language: str) -> None:
    ledger = Ledger.of([PLANT, METER])
    ledger = ledger.apply(plan.taking_up(plan.read_plan(PLAN.encode(), ledger, LIBRARY), ledger).steps)
    plan.write_plan(tmp_path / "plan.xlsx", ledger, LIBRARY, language)
    again = plan.read_plan(tmp_path / "plan.xlsx", ledger, LIBRARY)
    assert plan.taking_up(again, ledger).steps == ()


def test_every_item_of_the_library_comes_back(tmp_path: Path) -> None:
    """Some names belong to several items; then the key stands in the file."""
    lines = [PlanItem(f"pl{n:05}", "", key, "billed") for n, key in enumerate(LIBRARY.items, 1)]
    ledger = Ledger.of([PLANT, *lines])
    for language in ("en", "zh"):
        plan.write_plan(tmp_path / "plan.csv", ledger, LIBRARY, language)
        found = plan.read_plan(tmp_path / "plan.csv", EMPTY, LIBRARY)
        assert sorted(one.item for _, one in found.rows) == sorted(LIBRARY.items)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("电力", "乐趣", "Unknown item"),
        ("计量,", "猜测,", "not a choice"),
        ("72", "7.5", "whole number"),
        ("0.5", "200", "between 0 and 100"),
    ],
)
def test_lines_that_cannot_be_are_refused_by_row(old: str, new: str, reason: str) -> None:
    found = plan.read_plan(PLAN.replace(old, new, 1).encode(), EMPTY, LIBRARY)
    (one,) = found.refused
    assert one.row == 2 and reason in str(one.reason)


def test_two_rows_about_the_same_change_nothing() -> None:
    twice = PLAN + "锅炉房,,metered,,,,,,,,\n"
    with pytest.raises(UserError, match="Two lines"):
        plan.taking_up(plan.read_plan(twice.encode(), EMPTY, LIBRARY), EMPTY)


@pytest.mark.parametrize(
    "read",
    [
        key_figures.read_key_figures,
        lambda data, ledger: benchmarks.read_benchmarks(data, ledger, LIBRARY),
        lambda data, ledger: plan.read_plan(data, ledger, LIBRARY),
    ],
)
def test_what_is_no_table_is_refused(read: Callable[[bytes, Ledger], object]) -> None:
    for data in (b"%PDF-1.7\n\0", b"", b"PK\x03\x04 broken", b"hello"):
        with pytest.raises(UserError):
            read(data, EMPTY)


def test_the_kept_file_is_an_import() -> None:
    after = EMPTY.apply(key_figures.taking_up(figures(FIGURES), EMPTY, LIBRARY).steps)
    assert [(one.kind, one.activities, one.size) for one in after.held(Evidence)] == [
        ("import", (), len(FIGURES.encode()))
    ]
