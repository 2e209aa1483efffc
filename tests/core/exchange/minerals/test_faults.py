"""One own-made workbook for each fault: read, examined, and found; and workbooks that mean harm."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

import pytest

from core.errors import UserError
from core.exchange.minerals import read_declaration
from core.exchange.minerals.reading import MOST_ROWS
from core.ledger import Ledger
from core.minerals import examine
from tests.core.exchange.books import bomb, with_members
from tests.core.exchange.minerals.forms import ALPHA, SMELTER_HEAD, Cells, Form, amrt_3, cmrt, emrt_1, emrt_2
from tests.core.minerals.declared import LISTS, SUPPLIERS

TODAY = date(2025, 9, 1)


def changed(cells: Cells) -> Form:
    return cmrt().with_cells(cells)


def smelters(*cells: Mapping[str, object]) -> Form:
    form = cmrt()
    form.smelters = dict(SMELTER_HEAD | ALPHA)
    for one in cells:
        form.smelters |= one
    return form


def products(cells: Cells) -> Form:
    form = changed({"D9": "B. Product (or List of Products)"})
    form.products = cells
    return form


OPEN = {"B6": "Tin", "C6": "Smelter not yet identified"}
FAULTS: dict[str, tuple[Form, str, str]] = {
    "no company": (changed({"D8": None}), "incomplete", "head"),
    "no scope": (changed({"D9": None}), "incomplete", "head"),
    "no contact": (changed({"D15": None}), "incomplete", "head"),
    "no mail": (changed({"D16": None}), "incomplete", "head"),
    "no telephone": (changed({"D17": None}), "incomplete", "head"),
    "nobody authorises": (changed({"D18": None}), "incomplete", "head"),
    "the same person": (changed({"D18": "Same"}), "incomplete", "same_person"),
    "scope not described": (changed({"D9": "C. User defined"}), "incomplete", "scope_text"),
    "no products": (products({}), "incomplete", "products"),
    "products without number": (products({"C6": "Pad"}), "incomplete", "products"),
    "no day": (changed({"D22": None}), "incomplete", "effective"),
    "no real day": (changed({"D22": "31-Feb-2025"}), "incomplete", "effective"),
    "a day to come": (changed({"D22": datetime(2025, 9, 2)}), "rejected", "future"),
    "a day long ago": (changed({"D22": datetime(2024, 8, 31)}), "rejected", "old"),
    "question 1 open": (changed({"D28": None}), "incomplete", "answer"),
    "question 2 open": (changed({"D33": None}), "incomplete", "answer"),
    "question 6 open": (changed({"D57": None}), "incomplete", "answer"),
    "question 6 not understood": (changed({"D57": "many"}), "incomplete", "answer_word"),
    "question 7 unknown": (changed({"D63": "Unknown"}), "incomplete", "answer_word"),
    "company question open": (changed({"D81": None}), "incomplete", "answer"),
    "policy without address": (changed({"G77": None}), "incomplete", "remark"),
    "other form not described": (changed({"D83": "Yes, using other format (describe)"}), "incomplete", "remark"),
    "no smelters": (smelters(dict.fromkeys(ALPHA)), "incomplete", "smelters"),
    "unknown smelter, all known": (smelters(OPEN), "rejected", "contradiction_identified"),
    "unlisted smelter without country": (
        smelters({"B6": "Tin", "C6": "Smelter not listed", "D6": "Backyard"}), "incomplete", "smelter_details",
    ),
    "unlisted smelter": (
        smelters({"B6": "Tin", "C6": "Smelter not listed", "D6": "Backyard", "E6": "China"}), "review",
        "smelter_without_id",
    ),
    "two numbers in one row": (smelters({"F5": "CID000999"}), "incomplete", "smelter_id"),
    "number too short": (smelters({"A5": "CID100", "F5": "CID100"}), "incomplete", "smelter_id"),
    "failed look-up": (smelters({"G5": None, "D5": "!", "F5": "Enter smelter details", "A5": None}), "incomplete",
                       "smelter_lookup"),
    "twice": (smelters({"A6": "CID000100", "B6": "Tin", "C6": "Alpha Tin Smelting"}), "review", "smelter_twice"),
    "two names": (smelters({"B6": "Tin", "D6": "Alpha Works", "F6": "CID000100"}), "review", "smelter_names"),
    "smelter of gold, no gold": (
        smelters({"B6": "Gold", "D6": "Gamma Gold", "F6": "CID000300"}), "rejected", "smelters_without",
    ),
    "foreign mineral": (smelters({"B6": "Cobalt", "D6": "Kobold", "F6": "CID000500"}), "incomplete", "smelter_other"),
    "on no list": (smelters({"B6": "Tin", "D6": "Omega", "F6": "CID000999"}), "review", "smelter_absent"),
    "not conformant": (smelters({"B6": "Tin", "D6": "Delta Tin", "F6": "CID000400"}), "review",
                       "smelter_not_conformant"),
    "few answered, all known": (changed({"D57": "50% or less"}), "review", "contradiction_identified"),
    "not all reported": (changed({"D69": "No"}), "review", "contradiction_reported"),
    "mine in a covered country": (smelters({"O5": "DRC"}), "review", "contradiction_covered"),
    "all recycled, and ore": (changed({"D51": "Yes"}), "review", "contradiction_recycled"),
    "somebody else": (changed({"D8": "Sensor GmbH and others"}), "review", "company"),
    "EMRT without question 7": (emrt_1().with_cells({"D62": None}), "incomplete", "answer"),
    "EMRT without C": (emrt_2().with_cells({"D120": None}), "incomplete", "answer"),
    "EMRT of nothing": (
        emrt_2().with_cells({"D12": "(Delete Cobalt)", "G13": "(Delete Nickel)"} | {
            f"B{row}": None for first in (30, 42, 54, 66, 78, 90, 102, 120) for row in (first, first + 1)}),
        "incomplete", "head",
    ),
    "AMRT without share": (amrt_3().with_cells({"D44": None}), "incomplete", "answer"),
    "AMRT without reason": (amrt_3().with_cells({"G44": None}), "incomplete", "remark"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name: str) -> None:
    form, level, rule = FAULTS[name]
    found = read_declaration(form.saved(), "x.xlsx", Ledger.of(SUPPLIERS))
    declaration = found.declaration
    if name == "somebody else":
        declaration = replace(declaration, supplier="su00001")
    examined = examine(declaration, LISTS, SUPPLIERS, TODAY)
    assert (level, rule) in {(one.level, one.rule) for one in examined.problems}
    assert examined.status == level


def test_without_a_fault_nothing_is_found() -> None:
    for form in (cmrt(), emrt_1(), amrt_3()):
        declaration = read_declaration(form.saved(), "x.xlsx", Ledger.of(SUPPLIERS)).declaration
        assert examine(declaration, LISTS, SUPPLIERS, TODAY).problems == ()


# ---------------------------------------------------------------------- harm


def with_rows(count: int) -> bytes:
    """A list of smelters whose last row is claimed to be this one, each row empty but not closed at once."""
    xml = "".join(f'<row r="{row}"><c r="A{row}" t="str"><v></v></c></row>' for row in (1, count))
    opening = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_members(
        cmrt().saved(), {"xl/worksheets/sheet3.xml": f"{opening}{xml}</sheetData></worksheet>".encode()}
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<504x")
HARM: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (bomb, "unpacks to more"),
    "a million rows": (lambda: with_rows(1_048_576), "more than 200,000 rows"),
    "macros": (lambda: with_members(cmrt().saved(), {"xl/vbaProject.bin": b"x"}), "macros"),
    "other files": (
        lambda: with_members(cmrt().saved(), {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        "other files",
    ),
    "embedded": (lambda: with_members(cmrt().saved(), {"xl/embeddings/o.bin": b"x"}), "embedded"),
    "old or encrypted": (lambda: OLE, "password"),
    "no workbook": (lambda: b"Company,Weld", "cannot be read"),
    "entities": (
        lambda: with_members(cmrt().saved(), {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'}),
        "cannot be read",
    ),
    "nothing": (lambda: b"", "cannot be read"),
}


@pytest.mark.parametrize("name", HARM)
def test_harm_is_refused_within_limits(name: str) -> None:
    make, why = HARM[name]
    data = make()
    tracemalloc.start()
    try:
        with pytest.raises(UserError, match=why) as caught:
            read_declaration(data, "x.xlsx", Ledger())
        assert tracemalloc.get_traced_memory()[1] < 120_000_000
    finally:
        tracemalloc.stop()
    assert caught.value.remedy is not None


def test_empty_rows_that_are_only_styled_do_no_harm() -> None:
    sheet = cmrt().saved()
    with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
        xml = archive.read("xl/worksheets/sheet3.xml")
    assert b"CID000100" in xml or b't="s"' in xml
    grown = xml.replace(b"</sheetData>", b'<row r="1048576" spans="1:17"/></sheetData>')
    found = read_declaration(with_members(sheet, {"xl/worksheets/sheet3.xml": grown}), "x.xlsx", Ledger())
    assert len(found.declaration.smelters) == 1


def test_too_many_smelters_are_refused() -> None:
    form = cmrt()
    form.smelters = SMELTER_HEAD | {f"B{row}": "Tin" for row in range(5, MOST_ROWS + 6)}
    with pytest.raises(UserError, match="more than 20,000 rows"):
        read_declaration(form.saved(), "x.xlsx", Ledger())


def test_a_formula_is_never_more_than_its_stored_value() -> None:
    data = cmrt().saved()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    start = xml.index('<c r="D8"')
    end = xml.index("</c>", start) + 4
    formula = '<c r="D8" t="str"><f>cmd|"/c calc"!A0</f><v>Weld Wire Ltd</v></c>'
    grown = with_members(data, {"xl/worksheets/sheet2.xml": (xml[:start] + formula + xml[end:]).encode()})
    found = read_declaration(grown, "x.xlsx", Ledger.of(SUPPLIERS))
    assert found.declaration.company == "Weld Wire Ltd"
