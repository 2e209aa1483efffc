"""The workbook of a request: as it goes out, as it comes back, and whatever may have been done to it."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import UserError
from core.exchange.cells import guard
from core.exchange.supplier_lines import BOUNDARIES, MODES, MOST_LINES, PLACES, weighs
from core.exchange.supplier_requests import read_answer, write_request
from core.exchange.supplier_requests.form import HIDDEN
from core.ledger import Audit, DataRequest, Evidence, Ledger
from tests.core.exchange.books import bomb, with_members, xlsx_of
from tests.core.exchange.requested import (
    ASKED,
    CAP,
    FILLED,
    LEDGER,
    PLACE,
    REQUEST,
    STEEL,
    TUBE,
    blank,
    filled,
    head_of,
)

GOOD = (
    ("1", "2100", "cradle_to_gate", "80", "ISO 14067", "Nobody", "truck", "520", "", "Melt of 2024"),
    ("2", "0.4", "cradle_to_plant", "", "", "", "", "", "", ""),
    ("3", "3", "gate_to_gate", "", "", "", "rail_freight", "900", "0.9", ""),
)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return blank(tmp_path_factory.mktemp("sent"))


# ---------------------------------------------------------------------- out


def test_both_languages_stand_side_by_side(tmp_path: Path) -> None:
    for language, first in (("en", "Request for"), ("zh", "供货产品"), ("both", "供货产品")):
        book = load_workbook(io.BytesIO(blank(tmp_path, language=language)))
        sheet, words = book.worksheets[:2]
        assert str(sheet["A1"].value).startswith(first)
        assert {"Line", "行号"} == set(str(sheet.cell(head_of(sheet), 1).value).split("\n"))
        assert all(words.cell(row, 1).value and words.cell(row, 2).value for row in range(1, words.max_row + 1))


def test_who_asks_whom_for_what(sent: bytes) -> None:
    sheet = load_workbook(io.BytesIO(sent)).worksheets[0]
    said = [str(sheet.cell(row, 2).value) for row in range(2, 8)]
    assert said[:3] == ["dq00001", "Hillside Dampers, Hillside", "Example Steel"]
    assert [one[:10] for one in said[3:]] == ["2025-01-01", "2025-12-31", "2026-02-15"]


def test_a_year_that_begins_in_april_is_asked_for_as_it_is_audited(tmp_path: Path) -> None:
    ledger = Ledger.of((LEDGER.plant, STEEL, REQUEST, Audit("2025", date(2025, 4, 1), date(2026, 3, 31))))
    sheet = load_workbook(io.BytesIO(blank(tmp_path, ledger))).worksheets[0]
    assert str(sheet["B5"].value)[:10] == "2025-04-01"


def test_only_marked_cells_are_open_and_nothing_runs(sent: bytes) -> None:
    book = load_workbook(io.BytesIO(sent))
    sheet = book.worksheets[0]
    assert sheet.protection.sheet and book.security.lockStructure
    top = head_of(sheet)
    for row in sheet.iter_rows(min_row=1, max_row=top + len(ASKED)):
        for place, cell in enumerate(row, 1):
            to_fill = (cell.row or 0) > top and place >= PLACE["footprint"]
            assert cell.protection.locked is not to_fill
            assert cell.data_type != "f"
            assert (cell.fill.fgColor.rgb == "00FFF4CC") is to_fill
    assert sheet.cell(top + 2, PLACE["what"]).value == "=Cap"
    assert sheet.cell(top + 2, PLACE["what"]).quotePrefix


def test_lists_to_choose_from_lie_on_a_hidden_sheet(sent: bytes) -> None:
    book = load_workbook(io.BytesIO(sent))
    sheet = book.worksheets[0]
    assert book[HIDDEN].sheet_state == "hidden"
    lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert len(lists) == 3 and all(HIDDEN in str(one.formula1) for one in lists)
    assert [one.showErrorMessage for one in lists] == [True, True, False]
    assert len([one for one in sheet.data_validations.dataValidation if one.type == "decimal"]) == 4
    column = [book[HIDDEN].cell(row, 4).value for row in range(1, len(BOUNDARIES) + 1)]
    assert all(str(one).count(" / ") == 1 for one in column)


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"not an \.xlsx"):
        write_request(tmp_path / "a.csv", LEDGER, "dq00001")
    with pytest.raises(UserError, match="no request dq9"):
        write_request(tmp_path / "a.xlsx", LEDGER, "dq9")
    with pytest.raises(UserError, match=r"cannot be written|No such file"):
        write_request(tmp_path / "none" / "a.xlsx", LEDGER, "dq00001")
    many = tuple((str(number), "Tube", "", "1", "t") for number in range(1, MOST_LINES + 2))
    with pytest.raises(UserError, match="more than 200 lines"):
        write_request(tmp_path / "a.xlsx", asking(many), "dq00001")
    with pytest.raises(UserError, match="not in the register"):
        write_request(tmp_path / "a.xlsx", Ledger.of((LEDGER.plant, REQUEST)), "dq00001")


def asking(lines: tuple[tuple[str, ...], ...], **more: Any) -> Ledger:
    return Ledger.of((LEDGER.plant, STEEL, replace(REQUEST, asked=lines, **more)))


# ---------------------------------------------------------------------- back


def test_what_was_filled_in_is_read(sent: bytes) -> None:
    found = read_answer(filled(sent), LEDGER, "C:\\mail\\answer.xlsx")
    assert found.answers == GOOD
    assert (found.refused, found.open, found.possible, found.name) == ((), (), True, "answer.xlsx")
    assert (found.request, found.supplier) == (REQUEST, STEEL)
    assert list(found.rows) == ["1", "2", "3"]


def test_lines_may_stay_open_but_not_all(sent: bytes) -> None:
    found = read_answer(filled(sent, {"2": CAP}), LEDGER)
    assert [row[0] for row in found.answers] == ["2"] and found.open == ("1", "3") and found.possible
    with pytest.raises(UserError, match="No line of dq00001 is filled in"):
        read_answer(sent, LEDGER)


def test_a_path_is_read_too(tmp_path: Path, sent: bytes) -> None:
    path = tmp_path / "from supplier.xlsx"
    path.write_bytes(filled(sent))
    assert read_answer(path, LEDGER).name == "from supplier.xlsx"
    with pytest.raises(UserError, match="cannot be opened"):
        read_answer(tmp_path / "none.xlsx", LEDGER)


WRONG: dict[str, tuple[Mapping[str, Mapping[str, Any]], str, str]] = {
    "no number": ({"1": {**TUBE, "footprint": "about 2"}}, "Footprint", "about 2"),
    "error of a formula": ({"1": {**TUBE, "footprint": "#REF!"}}, "Footprint", "is filled in"),
    "nothing emitted": ({"1": {**TUBE, "footprint": 0}}, "Footprint", "not more than 0"),
    "below nothing": ({"1": {**TUBE, "footprint": -1}}, "Footprint", "not more than 0"),
    "too much": ({"1": {**TUBE, "footprint": 1_000_001}}, "Footprint", "more than 1,000,000"),
    "without boundary": ({"1": {**TUBE, "boundary": None}}, "System boundary", "is filled in"),
    "boundary alone": ({"2": {"boundary": "Cradle to our gate"}}, "Footprint", "is filled in"),
    "unknown boundary": ({"1": {**TUBE, "boundary": "to the grave"}}, "System boundary", "not in the list"),
    "above a hundred": ({"1": {**TUBE, "primary": 101}}, "primary data", "more than 100"),
    "a share as a fraction": ({"1": {**TUBE, "primary": 0.8}}, "primary data", "next to nothing"),
    "a share of nothing": ({"2": {"primary": 80}}, "Footprint", "needs the footprint"),
    "unknown mode": ({"1": {**TUBE, "mode": "camel"}}, "Delivered by", "not in the list"),
    "mode without way": ({"1": {**TUBE, "distance": None}}, "Distance", "is filled in"),
    "way without mode": ({"1": {**TUBE, "mode": None}}, "Delivered by", "is filled in"),
    "around the world twice": ({"1": {**TUBE, "distance": 50_001}}, "Distance", "more than 50,000"),
    "no way": ({"1": {**TUBE, "distance": 0}}, "Distance", "not more than 0"),
    "pieces of no mass": ({"2": {"mode": "van", "distance": 3}}, "Mass of one unit", "cannot be worked out"),
    "long words": ({"1": {**TUBE, "comment": "x" * 301}}, "Comment", "characters"),
    "control signs": ({"1": {**TUBE, "comment": "a\u200bb\ufffe"[:2] + "\x7f"}}, "Comment", "control"),
    "other goods": ({"1": {**TUBE, "what": "Tube 40 mm"}}, "What is bought", "“Tube; 32 mm” was asked"),
    "other quantity": ({"1": {**TUBE, "quantity": 12}}, "Quantity", "120.5 was asked"),
    "no quantity": ({"1": {**TUBE, "quantity": None}}, "Quantity", "120.5 was asked"),
    "other unit": ({"1": {**TUBE, "unit": "kg"}}, "Unit", "“t” was asked"),
    "other line": ({"1": {**TUBE, "number": 7}}, "Line", "7 was not asked"),
    "twice": ({"1": {**TUBE, "number": 2}}, "Line", "stands twice"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_cell_is_named_with_row_column_reason_and_remedy(sent: bytes, name: str) -> None:
    answers, column, reason = WRONG[name]
    found = read_answer(filled(sent, answers), LEDGER)
    assert found.answers == () and not found.possible
    assert any(
        one.column is not None and column in str(one.column.en) and reason in str(one.reason) and str(one.remedy)
        for one in found.refused
    ), [str(one.message) for one in found.refused]
    assert all(one.row > 8 for one in found.refused)


def test_every_wrong_line_is_named_at_once(sent: bytes) -> None:
    found = read_answer(filled(sent, {"1": {**TUBE, "distance": -1}, "2": {**CAP, "footprint": "x"}}), LEDGER)
    assert len({one.row for one in found.refused}) == 2


def test_deleted_lines_are_missed(sent: bytes) -> None:
    def without_last(_book: Workbook, sheet: Worksheet, top: int) -> None:
        sheet.delete_rows(top + 3)

    found = read_answer(filled(sent, {"1": TUBE}, without_last), LEDGER)
    assert [str(one.reason) for one in found.refused] == ["Line 3 is missing."]


def test_words_below_the_table_are_refused_and_not_swallowed(sent: bytes) -> None:
    def below(_book: Workbook, sheet: Worksheet, top: int) -> None:
        sheet.cell(top + 5, 2).value = "The rest follows in May."

    assert not read_answer(filled(sent, FILLED, below), LEDGER).possible


def test_columns_may_stand_in_another_order(sent: bytes) -> None:
    def moved(_book: Workbook, sheet: Worksheet, top: int) -> None:
        for row in range(top, top + 4):
            first, second = sheet.cell(row, PLACE["standard"]), sheet.cell(row, PLACE["comment"])
            first.value, second.value = second.value, first.value

    assert read_answer(filled(sent, FILLED, moved), LEDGER).answers == GOOD


# ---------------------------------------------------------------------- which request


def test_the_workbook_of_another_plant_is_refused(sent: bytes) -> None:
    others = asking((("1", "Something else", "", "1", "t"),))
    with pytest.raises(UserError, match="sent no request dq00001 with these lines"):
        read_answer(filled(sent), others)


def test_a_number_that_was_written_over_is_refused(sent: bytes) -> None:
    def over(_book: Workbook, sheet: Worksheet, _top: int) -> None:
        sheet["B2"] = "dq00002"

    with pytest.raises(UserError, match="shows the request “dq00002” and holds the answers to dq00001"):
        read_answer(filled(sent, FILLED, over), LEDGER)


def test_a_copy_that_was_merged_finds_its_request_under_another_number(sent: bytes) -> None:
    ledger = Ledger.of((LEDGER.plant, replace(STEEL, id="su00007"),
                        replace(REQUEST, id="dq00009", supplier="su00007")))  # fmt: skip
    assert read_answer(filled(sent), ledger).request.id == "dq00009"


def test_two_requests_for_the_same_are_told_apart_by_their_numbers(sent: bytes) -> None:
    ledger = Ledger.of((LEDGER.plant, STEEL, replace(REQUEST, id="dq00000"), REQUEST))
    assert read_answer(filled(sent), ledger).request.id == "dq00001"
    twice = Ledger.of((LEDGER.plant, STEEL, replace(REQUEST, id="dq00008"), replace(REQUEST, id="dq00009")))
    with pytest.raises(UserError, match="sent no request"):
        read_answer(filled(sent), twice)


def test_a_workbook_that_is_no_request_is_refused() -> None:
    with pytest.raises(UserError, match="not the workbook of a request"):
        read_answer(xlsx_of(), LEDGER)


def test_the_very_same_file_is_known(sent: bytes) -> None:
    data = filled(sent)
    first = read_answer(data, LEDGER)
    kept = Evidence("e00001", "answer.xlsx", "other", first.sha256, len(data))
    ledger = Ledger.of((LEDGER.plant, STEEL, replace(REQUEST, evidence=("e00001",)), kept))
    assert read_answer(data, ledger).already and not read_answer(data, ledger).possible


# ---------------------------------------------------------------------- harm


def many_rows(data: bytes) -> bytes:
    xml = "".join(f'<row r="{row}"><c r="A{row}" t="str"><v></v></c></row>' for row in (1, 1_048_576))
    opening = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_members(data, {"xl/worksheets/sheet1.xml": f"{opening}{xml}</sheetData></worksheet>".encode()})


HARM: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "zip bomb": (lambda _data: bomb(), "unpacks to more"),
    "a million rows": (many_rows, "more than 200,000 rows"),
    "macros": (lambda data: with_members(data, {"xl/vbaProject.bin": b"x"}), "macros"),
    "other files": (lambda data: with_members(data, {"xl/externalLinks/externalLink1.xml": b"<a/>"}), "other files"),
    "embedded": (lambda data: with_members(data, {"xl/embeddings/o.bin": b"x"}), "embedded"),
    "entities": (
        lambda data: with_members(data, {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'}),
        "cannot be read",
    ),
    "old or encrypted": (lambda _data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<504x"), "password"),
    "no workbook": (lambda _data: b"Line,What", "cannot be read"),
    "nothing": (lambda _data: b"", "cannot be read"),
    "half": (lambda data: data[: len(data) // 2], "cannot be read"),
}


@pytest.mark.parametrize("name", HARM)
def test_harm_is_refused_within_limits(sent: bytes, name: str) -> None:
    make, why = HARM[name]
    data = make(filled(sent))
    tracemalloc.start()
    try:
        with pytest.raises(UserError, match=why) as caught:
            read_answer(data, LEDGER, "x.xlsx")
        assert tracemalloc.get_traced_memory()[1] < 120_000_000
    finally:
        tracemalloc.stop()
    assert caught.value.remedy is not None


def test_a_formula_is_no_more_than_its_stored_value(sent: bytes) -> None:
    data = filled(sent)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>2100</v>" in xml
    changed = xml.replace("<v>2100</v>", "<f>WEBSERVICE(&quot;http://x.example&quot;)</f><v>2100</v>", 1)
    answers = read_answer(with_members(data, {"xl/worksheets/sheet1.xml": changed.encode()}), LEDGER).answers
    assert answers == GOOD


def test_a_stray_sheet_in_front_is_refused(sent: bytes) -> None:
    def in_front(book: Workbook, _sheet: Worksheet, _top: int) -> None:
        book.create_sheet("Cover", 0)

    with pytest.raises(UserError, match="shows the request “”"):
        read_answer(filled(sent, FILLED, in_front), LEDGER)


# ---------------------------------------------------------------------- there and back


NUMBERS = st.decimals(min_value="0.001", max_value=9999, places=3)
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=40)


@st.composite
def requests(draw: st.DrawFn) -> tuple[DataRequest, dict[str, dict[str, Any]]]:
    """Lines, and for some of them an answer that can be."""
    lines, answers = [], {}
    for number in map(str, range(1, draw(st.integers(1, 5)) + 1)):
        unit = draw(st.sampled_from(("t", "kg", "piece", "l", "m2")))
        lines.append((number, draw(WORDS), draw(st.sampled_from(("", "steel"))), f"{draw(NUMBERS):f}", unit))
        if draw(st.booleans()) or number == "1":
            boundary = draw(st.sampled_from(tuple(BOUNDARIES)))
            said: dict[str, Any] = {"footprint": draw(NUMBERS), "boundary": boundary, "comment": draw(WORDS)}
            if draw(st.booleans()):
                said |= {"mode": draw(st.sampled_from(MODES)), "distance": draw(NUMBERS)}
                said |= {} if weighs(unit) else {"mass": draw(NUMBERS)}
            answers[number] = said
    return replace(REQUEST, asked=tuple(lines)), answers


@given(requests())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_answer_comes_back_as_it_was_typed(
    tmp_path: Path, made: tuple[DataRequest, dict[str, dict[str, Any]]]
) -> None:  # fmt: skip
    request, answers = made
    ledger = Ledger.of((LEDGER.plant, STEEL, request))
    typed = {line: {key: float(value) if isinstance(value, Decimal) else guard(value)
                    for key, value in said.items()} for line, said in answers.items()}  # fmt: skip
    found = read_answer(filled(blank(tmp_path, ledger), typed), ledger)
    assert not found.refused, [str(one.message) for one in found.refused]
    assert [row[0] for row in found.answers] == list(answers)
    for row in found.answers:
        for key, value in answers[row[0]].items():
            kept = row[PLACES[key]]
            assert Decimal(kept) == value if isinstance(value, Decimal) else kept == value.strip()
