"""From a file to one undoable change, or to a reason for each cell that stands in the way."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.exchange import Preview, Refusal, change_of, importing, next_ids, preview
from core.i18n import LANGUAGES
from core.ledger import Activity, Ledger, inverse
from core.library import load_library
from core.methods import all_methods
from tests.core.exchange.books import EMPTY, GRID, HEAD, csv_of, row, xlsx_of

LIBRARY = load_library()
NOW = datetime(2025, 1, 5, 8, 0, tzinfo=UTC)
BILL = Activity(
    "a00001", "Main meter", "purchased_electricity", "electricity", date(2024, 3, 1), date(2024, 3, 31),
    Decimal("1234.5"), "kWh", False, "B-1", "",
)  # fmt: skip


def look(*rows: tuple[object, ...], ledger: Ledger = EMPTY) -> Preview:
    return preview(xlsx_of(*rows), ledger, LIBRARY, "bills.xlsx")


def refusal(*rows: tuple[object, ...]) -> Refusal:
    """The only refusal of these rows."""
    (found,) = look(*rows).refused
    return found


def test_a_row_becomes_a_record() -> None:
    seen = look(GRID)
    assert [(one.row, one.activity) for one in seen.ready] == [(2, BILL)]
    assert (seen.refused, seen.remarks, seen.unknown, seen.already) == ((), (), (), None)
    assert [(c.key, c.heading, c.letter) for c in seen.columns][:2] == [
        ("source", "Source", "A"),
        ("method", "Method", "B"),
    ]


def test_kilowatt_hours_are_unclear_for_fuels_only() -> None:
    """Upstream energy takes both: electricity has no calorific value."""
    power = look(row(method="upstream_energy", item="electricity", unit="kWh"))
    assert [one.activity.unit for one in power.ready] == ["kWh"]
    assert refusal(row(method="upstream_energy", item="natural_gas", unit="kWh")).column == "unit"


def test_a_csv_from_china_says_the_same_as_a_workbook() -> None:
    head = ("单位", "数量", "结束日期", "开始日期", "项目", "排放源", "凭证", "成本中心")
    data = csv_of(
        ("千瓦时", "1,234.5", "2024年3月31日", "2024/3/1", "电力", "Main meter", "B-1", "x"),
        head=head,
        encoding="gb18030",
    )
    seen = preview(data, EMPTY, LIBRARY, "账单.csv")
    assert [one.activity for one in seen.ready] == [BILL]
    assert seen.unknown == ("成本中心",)
    assert seen.media_type == "text/csv"


@pytest.mark.parametrize("word", ["stationary_combustion", "Stationary combustion", "STATIONARY-COMBUSTION"])
def test_methods_are_recognised_by_key_and_title(word: str) -> None:
    seen = look(row(method=word, item="柴油", unit="升"))
    assert [(a.activity.method, a.activity.item, a.activity.unit) for a in seen.ready] == [
        ("stationary_combustion", "diesel", "l")
    ]


@pytest.mark.parametrize("method", all_methods().values(), ids=lambda method: str(method.key))
def test_every_method_by_its_title_in_both_languages(method: object) -> None:
    known = all_methods()[getattr(method, "key", "")]
    for language in LANGUAGES:
        seen = look(
            row(method=known.title.in_language(language), item=known.example["item"], unit=known.example["unit"])
        )
        assert [a.activity.method for a in seen.ready] == [known.key]


@pytest.mark.parametrize(
    ("item", "unit", "method"),
    [("R410A", "kg", "refrigerants"), ("ar80_co2_20", "kg", "welding_gas"),
     ("solar_fed_in", "kWh", "solar_generation"), ("热力", "GJ", "purchased_heat")],
)  # fmt: skip
def test_the_method_follows_from_the_item_where_only_one_takes_it(item: str, unit: str, method: str) -> None:
    assert [a.activity.method for a in look(row(item=item, unit=unit)).ready] == [method]


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"source": ""}, "source", "The cell is empty."),
        ({"source": "x" * 1001}, "source", "The text has 1001 characters; 1000 are possible."),
        ({"item": None}, "item", "The cell is empty."),
        ({"item": "unobtainium"}, "item", "Unknown item “unobtainium”."),
        ({"item": "diesel"}, "method", "“diesel” belongs to more than one method."),
        ({"method": "magic"}, "method", "Unknown method “magic”."),
        ({"method": "refrigerants"}, "item",
         "“electricity” is not something that Refrigerants (topped-up mass) knows."),
        ({"start": "03/04/2024"}, "start", "“03/04/2024” has two meanings: 2024-04-03 or 2024-03-04."),
        ({"start": None}, "start", "The cell is empty."),
        ({"end": "2024-02-30"}, "end", "The day “2024-02-30” does not exist."),
        ({"end": "2024-02-01"}, "end", "The end, 2024-02-01, lies before the start, 2024-03-01."),
        ({"end": None}, "end", "The cell is empty."),
        ({"quantity": ""}, "quantity", "The cell is empty."),
        ({"quantity": "viel"}, "quantity", "“viel” is not a number."),
        ({"quantity": date(2024, 3, 1)}, "quantity", "The cell is formatted as a date or time: 2024-03-01."),
        ({"unit": "furlong"}, "unit", "Unknown unit “furlong”."),
        ({"unit": "kg"}, "unit", "“kg” is not a unit for Purchased electricity."),
        ({"method": "mobile_combustion", "item": "diesel", "unit": "MWh"}, "unit",
         "MWh of a fuel can mean net or gross calorific value."),
        ({"estimated": "perhaps"}, "estimated", "“perhaps” is neither yes nor no."),
    ],
)  # fmt: skip
def test_each_reason_names_row_and_column_and_says_what_to_do(
    changes: dict[str, object], column: str, reason: str
) -> None:
    found = refusal(row(), row(evidence="B-2", **changes))
    assert (found.row, found.column) == (3, column)
    assert str(found.reason) == reason
    assert str(found.message).startswith("Row 3, ")
    for language in LANGUAGES:
        assert found.remedy.in_language(language)
        assert found.reason.in_language(language) in found.message.in_language(language)
        assert found.remedy.in_language(language) in found.message.in_language(language)


def test_fuels_are_told_which_methods_take_them() -> None:
    remedy = refusal(row(item="diesel")).remedy
    assert "Mobile combustion, Stationary combustion" in str(remedy)
    assert "移动燃烧、固定燃烧" in remedy.in_language("zh")


def test_all_faults_of_a_row_are_named_at_once() -> None:
    seen = look(row(source=None, item="x", start="x", end="x", quantity="x", estimated="x"), row(note="good"))
    assert {(one.row, one.column) for one in seen.refused} == {
        (2, "source"), (2, "item"), (2, "start"), (2, "end"), (2, "quantity"), (2, "estimated"),
    }  # fmt: skip
    assert [one.row for one in seen.ready] == [3]
    assert seen.refused_rows == 1
    assert str(seen.summary) == "“bills.xlsx”: 1 rows can be imported, 1 are refused."


@pytest.mark.parametrize(("start", "last"), [("2024-02", date(2024, 2, 29)), ("2024年", date(2024, 12, 31))])
def test_a_month_or_year_needs_no_end(start: str, last: date) -> None:
    (ready,) = look(row(start=start, end=None)).ready
    assert (ready.activity.start, ready.activity.end) == (
        last.replace(month=last.month if "-" in start else 1, day=1),
        last,
    )


def test_a_column_of_ends_may_be_missing() -> None:
    data = csv_of(("Meter", "electricity", "2024-03", "5", "kWh"), head=("Source", "Item", "Month", "Quantity", "Unit"))
    (ready,) = preview(data, EMPTY, LIBRARY).ready
    assert ready.activity.end == date(2024, 3, 31)


def test_the_comma_follows_the_column() -> None:
    continental = csv_of(
        row(quantity="1,234", start="2024-01-01"), row(quantity="0,5", start="2024-02-01"), separator=";"
    )
    assert [one.activity.quantity for one in preview(continental, EMPTY, LIBRARY).ready] == [
        Decimal("1.234"),
        Decimal("0.5"),
    ]
    open_question = csv_of(row(quantity="1,234", start="2024-01-01"), separator=";")
    assert [one.column for one in preview(open_question, EMPTY, LIBRARY).refused] == ["quantity"]


def test_the_same_row_twice_is_refused_and_may_be_told_apart() -> None:
    found = refusal(GRID, row(note="second meter"), GRID)
    assert (found.row, str(found.reason)) == (4, "The row is the same as row 2.")
    assert len(look(GRID, row(note="second meter"), row(evidence="B-2")).ready) == 3


def test_what_the_plant_already_holds_is_refused_with_its_id() -> None:
    ledger = Ledger.of([EMPTY.plant, replace(BILL, id="a00041", quantity=Decimal("1234.500"))])
    seen = look(GRID, row(evidence="B-2"), ledger=ledger)
    assert [str(one.reason) for one in seen.refused] == ["The plant already holds this row as a00041."]
    assert [one.activity.id for one in seen.ready] == ["a00042"]


def test_long_spans_and_credits_are_imported_with_a_remark() -> None:
    seen = look(row(start="2023-01-01", end="2024-03-31"), row(quantity=-5))
    assert [(one.row, one.column, str(one.reason)) for one in seen.remarks] == [
        (2, "end", "The row covers 456 days."),
        (3, "quantity", "The quantity is negative."),
    ]
    assert len(seen.ready) == 2
    assert not look(row(start="2024-01-01", end="2024-12-31")).remarks


def test_formulas_of_texts_stay_text() -> None:
    data = csv_of(row(source="'=cmd", note="=1+1"))
    (ready,) = preview(data, EMPTY, LIBRARY).ready
    assert (ready.activity.source, ready.activity.note) == ("=cmd", "=1+1")


def test_one_change_of_all_rows_and_the_record_of_the_file() -> None:
    data = xlsx_of(GRID, row(evidence="B-2"))
    seen = preview(data, EMPTY, LIBRARY, "C:\\bills\\2024.xlsx")
    change = change_of(seen, EMPTY, "Li Wei", NOW)
    assert (change.who, change.when) == ("Li Wei", NOW)
    assert str(change.why) == "Import of 2 rows from “2024.xlsx”"
    ledger = EMPTY.apply(change.steps)
    assert [a.id for a in ledger.activities] == ["a00001", "a00002"]
    (record,) = ledger.evidence
    assert (record.id, record.name, record.kind) == ("e00001", "2024.xlsx", "import")
    assert (record.sha256, record.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert record.media_type.endswith("spreadsheetml.sheet")
    assert record.activities == ("a00001", "a00002")
    assert ledger.apply(inverse(change.steps)) == EMPTY


def test_the_ids_continue_the_ledger_as_it_is_at_the_end() -> None:
    seen = look(row(evidence="B-9"))
    grown = Ledger.of([EMPTY.plant, replace(BILL, id="a00107"), replace(BILL, id="meter-9")])
    assert [a.id for a in grown.apply(change_of(seen, grown, "x", NOW).steps).activities][-1] == "a00108"
    assert next_ids(grown, 2) == ("a00108", "a00109")
    assert next_ids(grown, 0) == ()
    assert next_ids(grown, 1, "evidence") == ("e00001",)


def test_the_same_file_twice_is_noticed_whatever_its_name() -> None:
    data = xlsx_of(GRID)
    first = change_of(preview(data, EMPTY, LIBRARY, "one.xlsx"), EMPTY, "x", NOW)
    ledger = EMPTY.apply(first.steps)
    again = preview(data, ledger, LIBRARY, "two.xlsx")
    assert again.already is not None and again.already.name == "one.xlsx"
    assert again.refused == ()
    with pytest.raises(UserError, match=r"“two.xlsx” was already imported, as “one.xlsx”"):
        change_of(again, ledger, "x", NOW)
    stale = preview(data, EMPTY, LIBRARY, "three.xlsx")
    with pytest.raises(UserError, match="already imported"):
        change_of(stale, ledger, "x", NOW)
    undone = ledger.apply(inverse(first.steps))
    assert change_of(preview(data, undone, LIBRARY), undone, "x", NOW).steps


def test_all_or_nothing() -> None:
    with pytest.raises(UserError, match=r"was not imported: 1 rows are refused. Row 3, Unit: Unknown unit “cup”"):
        change_of(look(GRID, row(unit="cup")), EMPTY, "x", NOW)
    with pytest.raises(UserError, match="holds no rows"):
        change_of(look(), EMPTY, "x", NOW)


def test_the_wrong_file_is_not_listed_cell_by_cell_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_REFUSALS", 20)
    with pytest.raises(UserError, match=r"More than 20 cells cannot be imported\. Row 2, Quantity"):
        look(*(row(quantity="x") for _ in range(30)))


def test_a_path_gives_its_name(tmp_path: Path) -> None:
    path = tmp_path / "march.csv"
    path.write_bytes(csv_of(GRID))
    seen = preview(path, EMPTY, LIBRARY)
    assert seen.name == "march.csv"
    assert seen.data == path.read_bytes()


def test_rows_above_the_headings_are_no_data() -> None:
    data = csv_of(HEAD, GRID, head=("Energy 2024", "", "", ""))
    (ready,) = preview(data, EMPTY, LIBRARY).ready
    assert ready.row == 3
